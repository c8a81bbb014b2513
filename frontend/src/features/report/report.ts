import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, ifMatch, type Schema } from '@/api/client';
import { keys } from '@/api/keys';
import { useLocale } from '@/composables/useLocale';

export type Report = Schema<'Report'>;
export type ReportRow = Schema<'ReportRow'>;
export type ReportContent = Schema<'ReportContent'>;
export type Finding = Schema<'Finding'>;
/** What a write is bound to: the report at the version its reader saw. */
export type Read = Pick<Report, 'id' | 'version'>;

/** Reads past the cache, for a write that came too late. */
export function fetchReport(id: number, signal?: AbortSignal): Promise<Report> {
  return content(client.GET('/api/v1/reports/{id}', { params: { path: { id } }, ...(signal && { signal }) }));
}

/** A report; its findings come as sentences in the reader's language. */
export function useReport(id: MaybeRefOrGetter<number>) {
  const { locale } = useLocale();
  return useQuery({
    queryKey: computed(() => [...keys.report.detail(toValue(id)), locale.value]),
    queryFn: ({ signal }) => fetchReport(toValue(id), signal),
    enabled: computed(() => toValue(id) > 0),
    staleTime: 0,
    refetchOnWindowFocus: false, // the form reads again by itself when a save is refused
  });
}

/** All reports of a project, the latest first. */
export function useProjectReports(projectId: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.report.ofProject(toValue(projectId))),
    queryFn: ({ signal }) =>
      content(client.GET('/api/v1/projects/{id}/reports', { params: { path: { id: toValue(projectId) } }, signal })),
    select: ({ items }) => items,
  });
}

/** Shows the answer of a write at once. */
export function useShowReport() {
  const queries = useQueryClient();
  const { locale } = useLocale();
  return (report: Report) => queries.setQueryData([...keys.report.detail(report.id), locale.value], report);
}

// Desk, queue and the project's figures follow from every act on a report.
function useReportAct<Input>(mutationFn: (input: Input) => Promise<Report>) {
  const queries = useQueryClient();
  const show = useShowReport();
  return useMutation({
    mutationFn,
    networkMode: 'always',
    onSuccess: (report) => {
      show(report);
      void queries.invalidateQueries({ queryKey: keys.report.all, refetchType: 'active' });
      void queries.invalidateQueries({ queryKey: keys.review, refetchType: 'active' });
      void queries.invalidateQueries({ queryKey: keys.project.all });
    },
  });
}

const at = ({ id, version }: Read) => ({ path: { id }, header: ifMatch(version) });

/** One step of the autosave; the caller minds order and failures. */
export function saveReport(read: Read, body: Schema<'UpdateReportInput'>): Promise<Report> {
  return content(client.PATCH('/api/v1/reports/{id}', { params: at(read), body }));
}

export function useStartReport() {
  return useReportAct(({ projectId, period }: { projectId: number; period: string }) =>
    content(client.POST('/api/v1/projects/{id}/reports', { params: { path: { id: projectId } }, body: { period } })),
  );
}

export function useSubmitReport() {
  return useReportAct((read: Read) => content(client.POST('/api/v1/reports/{id}/submission', { params: at(read) })));
}

export function useWithdrawReport() {
  return useReportAct((read: Read) => content(client.POST('/api/v1/reports/{id}/withdrawal', { params: at(read) })));
}

export function useCorrectReport() {
  return useReportAct(({ id, reason }: { id: number; reason: string }) =>
    content(client.POST('/api/v1/reports/{id}/correction', { params: { path: { id } }, body: { reason } })),
  );
}

/** Approves or returns what is on screen: bound to its version and to the hash of its content. */
export function useDecideReport() {
  return useReportAct(({ report, action, comment }: { report: Read & Pick<Report, 'hash'>; action: 'approve' | 'return'; comment: string }) =>
    content(client.POST('/api/v1/reports/{id}/decision', { params: at(report), body: { action, hash: report.hash, comment } })),
  );
}
