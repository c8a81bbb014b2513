import { useMutation } from '@tanstack/vue-query';
import { client, content } from '@/api/client';

/** Computes every hash of the record again; takes up to half a minute. */
export function useVerification() {
  return useMutation({ mutationFn: () => content(client.GET('/api/v1/audit/verification')) });
}

/** Hands the reader a file with where the record ends now, as `zhongda audit verify --anchor` reads it. */
export function useAnchorFile() {
  return useMutation({
    mutationFn: async () => {
      const anchor = await content(client.GET('/api/v1/audit/anchor'));
      save(`zhongda-audit-${anchor.seq}.json`, `${JSON.stringify(anchor)}\n`);
    },
  });
}

function save(name: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
