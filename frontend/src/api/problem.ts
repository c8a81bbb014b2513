/** One field that the server refused, named as in the request. */
export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

/** The codes given here, not by the server. */
export const unreachable = 'unreachable';
const unexpected = 'unexpected';

/**
 * Every failure of a call, as RFC 9457 describes it. `status` is 0 when no
 * answer came at all. `message` is a sentence in the reader's language whenever
 * the server wrote one, else empty.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    /** What the version is by now, when the one sent was stale (409). */
    readonly currentVersion?: number,
  ) {
    super(message);
  }

  /** The reader is not, or no longer, signed in. */
  get signedOut(): boolean {
    return this.status === 401;
  }

  /** The reader may not do this; trying again will not help. */
  get refused(): boolean {
    return this.status === 403;
  }

  /** Somebody changed the thing meanwhile. */
  get stale(): boolean {
    return this.status === 409 && this.currentVersion !== undefined;
  }

  /** Messages by field, for a form. */
  get byField(): Record<string, string> {
    return Object.fromEntries(this.fields.map(({ field, message }) => [field, message]));
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown) => (typeof value === 'string' ? value : '');

function readFields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((item) => ({ field: text(item['field']), code: text(item['code']), message: text(item['message']) }));
}

/** Reads a failed answer; one that is no problem document keeps its status. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (!isRecord(body)) return new ApiProblem(response.status, unexpected, '');
  const version = body['currentVersion'];
  return new ApiProblem(
    response.status,
    text(body['code']) || unexpected,
    text(body['detail']) || text(body['title']),
    readFields(body['errors']),
    typeof version === 'number' ? version : undefined,
  );
}

/** Whatever was thrown, as a problem. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem(0, unreachable, '');
}
