// Every key of the query cache, so that a write can name what it makes stale.
// The first word is the noun; invalidating [noun] drops everything below it.

type Filter = Readonly<Record<string, unknown>>;

export const keys = {
  session: ['session'] as const,
  instance: ['instance'] as const,

  project: {
    all: ['project'] as const,
    list: (filter: Filter) => ['project', 'list', filter] as const,
    facets: (filter: Filter) => ['project', 'facets', filter] as const,
    detail: (id: number) => ['project', 'detail', id] as const,
    history: (id: number) => ['project', 'detail', id, 'history'] as const,
    figures: (id: number) => ['project', 'detail', id, 'figures'] as const,
    column: (column: number, asOf: string) => ['project', 'column', column, asOf] as const,
    access: (id: number) => ['project', 'detail', id, 'access'] as const,
    neighbours: (id: number) => ['project', 'detail', id, 'neighbours'] as const,
  },

  view: ['view'] as const,
  record: ['record'] as const,
  differences: (query: Filter) => ['project', 'differences', query] as const,
  rolling: (query: Filter) => ['project', 'rolling', query] as const,
  fulfilment: (query: Filter) => ['project', 'fulfilment', query] as const,
  timeline: (query: Filter) => ['project', 'timeline', query] as const,
  places: (query: Filter) => ['project', 'places', query] as const,

  pipeline: (filter: Filter) => ['project', 'pipeline', filter] as const,

  report: {
    all: ['report'] as const,
    work: ['report', 'work'] as const,
    overdue: ['report', 'overdue'] as const,
    detail: (id: number) => ['report', 'detail', id] as const,
    ofProject: (projectId: number) => ['report', 'project', projectId] as const,
  },

  light: {
    all: ['light'] as const,
    rule: ['light', 'rule'] as const,
    disagreements: (kind: string) => ['light', 'disagreements', kind] as const,
    ofProject: (id: number) => ['light', 'project', id] as const,
  },
  notice: (...below: readonly unknown[]) => ['notice', ...below] as const,

  request: {
    all: ['request'] as const,
    detail: (id: number) => ['request', 'detail', id] as const,
    ofProject: (projectId: number) => ['request', 'project', projectId] as const,
  },

  review: ['review'] as const,
  exits: (filter: Filter) => ['project', 'exits', filter] as const,
  investment: {
    ofProject: (projectId: number) => ['project', 'detail', projectId, 'investment'] as const,
    total: (filter: Filter) => ['project', 'investment', filter] as const,
  },

  search: (text: string) => ['search', text] as const,

  attachments: (projectId: number) => ['attachment', projectId] as const,

  issue: ['issue'] as const,
  order: ['order'] as const,
  meeting: ['meeting'] as const,

  reference: {
    columns: ['reference', 'columns'] as const,
    indicators: ['reference', 'indicators'] as const,
    organisations: ['reference', 'organisations'] as const,
    categories: ['reference', 'categories'] as const,
    districts: ['reference', 'districts'] as const,
    schematic: ['reference', 'schematic'] as const,
    commitments: ['reference', 'commitments'] as const,
    gates: ['reference', 'gates'] as const,
  },

  user: {
    all: ['user'] as const,
    list: (filter: Filter) => ['user', 'list', filter] as const,
    roles: ['user', 'roles'] as const,
  },

  audit: (filter: Filter) => ['audit', filter] as const,
};
