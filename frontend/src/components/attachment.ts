import { useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, toValue, type MaybeRefOrGetter } from 'vue';
import { client, content, type Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type Attachment = Schema<'Attachment'>;

/** What a file may weigh, in bytes; the server says the same. */
export const largest = 20 * 2 ** 20;
/** What the chooser of files offers; the server looks into them. */
export const endings = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd';

export const addressOf = ({ id }: Pick<Attachment, 'id'>) => `/api/v1/attachments/${id}`;

/** "312 KB", "4.2 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 2 ** 20) return `${Math.max(1, Math.round(bytes / 2 ** 10))} KB`;
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** What of a project a file is brought for, where that is not the project itself. */
export interface Matter {
  noun: 'issues' | 'orders';
  id: number;
}

const pathOf = (matter?: Matter) => `/api/v1/${matter?.noun ?? 'projects'}/{id}/attachments` as const;

/** The files of a project, or those that an issue or order of it may rest on, the latest first. */
export function useAttachments(projectId: MaybeRefOrGetter<number>, matter: MaybeRefOrGetter<Matter | undefined> = undefined) {
  return useQuery({
    queryKey: computed(() => {
      const of = toValue(matter);
      return [...keys.attachments(toValue(projectId)), ...(of ? [of.noun, of.id] : [])];
    }),
    queryFn: ({ signal }) => {
      const of = toValue(matter);
      return content(client.GET(pathOf(of), { params: { path: { id: of?.id ?? toValue(projectId) } }, signal }));
    },
    select: ({ items }) => items,
  });
}

/** Sends one file as it is. Browsers know no type for some kinds; its content tells. */
export function useAddAttachment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ projectId, matter, file }: { projectId: number; matter?: Matter | undefined; file: File }) =>
      content(
        client.POST(pathOf(matter), {
          params: { path: { id: matter?.id ?? projectId }, query: { name: file.name } },
          body: file as unknown as string,
          bodySerializer: (body) => body,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
    networkMode: 'always',
    onSuccess: ({ projectId }) => queries.invalidateQueries({ queryKey: keys.attachments(projectId) }),
  });
}
