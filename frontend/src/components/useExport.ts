import { ref } from 'vue';
import { client, type Schema } from '@/api/client';
import { asProblem, type ApiProblem } from '@/api/problem';
import { callQuery, type ProjectFilter } from '@/api/projectFilter';

export type ExportFormat = Schema<'ExportFormat'>;
export type ExportUnit = Schema<'MoneyUnit'>;

/** What a file is to hold: the projects of a filter in an order; without columns, the usual ones. */
export interface ExportOrder {
  filter: ProjectFilter;
  sort?: string | undefined;
  columns?: readonly string[] | undefined;
  format: ExportFormat;
  unit: ExportUnit;
}

/** The columns a file can have, by the keys of the list's. */
const columnNames: readonly Schema<'ExportColumn'>[] = [
  'name', 'code', 'stage', 'standing', 'target', 'slip', 'milestone', 'progress', 'period', 'light', 'ownerLight', 'investment', 'estimate',
  'budget', 'finalAccount', 'owner', 'constructionUnit', 'nationalCode', 'district', 'category', 'column', 'commitment', 'updated',
];

/** The query of an export, in the reader's order; columns of the screen that no file has are left out, the code goes with the name. */
export function exportQuery({ filter, sort, columns, format, unit }: ExportOrder) {
  const chosen = ['name', 'code', ...(columns ?? []).filter((name) => name !== 'name' && name !== 'code')];
  const known = columns?.length ? chosen.flatMap((name) => columnNames.find((each) => each === name) ?? []) : [];
  return { ...callQuery(filter), sort: sort || undefined, format, unit, columns: known.length > 0 ? known : undefined };
}

/** The name a file is sent under (RFC 6266), in its UTF-8 form. */
export function fileNameIn(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : 'projects';
}

function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click
}

/** Fetches a file and hands it to the browser, one at a time; going away or `cancel` ends it at the server too. */
export function useExport(done: (name: string) => void, failed: (problem: ApiProblem) => void) {
  const running = ref<AbortController | null>(null);

  async function start(order: ExportOrder) {
    const abort = new AbortController();
    running.value = abort;
    try {
      const { data, response } = await client.GET('/api/v1/projects/export', {
        params: { query: exportQuery(order) }, parseAs: 'blob', signal: abort.signal,
      });
      const name = fileNameIn(response.headers.get('Content-Disposition'));
      save(data as unknown as Blob, name);
      done(name);
    } catch (failure) {
      if (!abort.signal.aborted) failed(asProblem(failure));
    } finally {
      running.value = null;
    }
  }

  return { running, start, cancel: () => running.value?.abort() };
}
