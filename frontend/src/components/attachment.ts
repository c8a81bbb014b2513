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

/** A project's files, the latest first. */
export function useAttachments(projectId: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.attachments(toValue(projectId))),
    queryFn: ({ signal }) =>
      content(client.GET('/api/v1/projects/{id}/attachments', { params: { path: { id: toValue(projectId) } }, signal })),
    select: ({ items }) => items,
  });
}

/** Sends one file as it is. Browsers know no type for some kinds; its content tells. */
export function useAddAttachment() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ projectId, file }: { projectId: number; file: File }) =>
      content(
        client.POST('/api/v1/projects/{id}/attachments', {
          params: { path: { id: projectId }, query: { name: file.name } },
          body: file as unknown as string,
          bodySerializer: (body) => body,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      ),
    networkMode: 'always',
    onSuccess: ({ projectId }) => queries.invalidateQueries({ queryKey: keys.attachments(projectId) }),
  });
}
