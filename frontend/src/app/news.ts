import type { QueryKey } from '@tanstack/vue-query';
import type { Schema } from '@/api/client';
import { keys } from '@/api/keys';

export type News = Schema<'News'>;

const [project] = keys.project.all;
const [report] = keys.report.all;
const [request] = keys.request.all;
const [light] = keys.light.all;
const [notice] = keys.notice();
const [attachment] = keys.attachments(0);
const [issue] = keys.issue;
const [order] = keys.order;
const [meeting] = keys.meeting;
const [review] = keys.review;
const [user] = keys.user.all;

// Lists and counts below a noun are touched by any change of it; what belongs to one
// thing or one project only by its own.
function concerns({ many, ids, projects }: News, [, part, id]: QueryKey): boolean {
  if (many || typeof id !== 'number') return true;
  if (part === 'detail') return ids.includes(id);
  return part === 'project' ? projects.includes(id) : true;
}

const desk = ([noun, part]: QueryKey) => noun === report && part === 'work';

/** Whether a piece of news makes a cached answer stale. */
export function touches(news: News, key: QueryKey): boolean {
  const [noun, part] = key;
  switch (news.noun) {
    case 'project':
      return (noun === project || noun === light) && part !== 'rule' && concerns(news, key);
    case 'report':
      return noun === review || (noun === report && concerns(news, key));
    case 'request':
      return noun === review || desk(key) || (noun === request && concerns(news, key));
    case 'issue':
      return desk(key) || (noun === issue && concerns(news, key));
    case 'order':
      return desk(key) || (noun === order && concerns(news, key));
    case 'attachment':
      return noun === attachment && (news.many || news.projects.includes(Number(part)));
    case 'meeting':
      return noun === meeting && concerns(news, key);
    case 'rule':
      return noun === light;
    case 'notice':
      return noun === notice && part !== 'mail';
    case 'user':
      return noun === user;
  }
}

/** News of the same nouns made one, so that what is waiting cannot grow. */
export function merged(one: readonly News[], other: readonly News[]): News[] {
  const all = new Map<News['noun'], News>();
  for (const news of [...one, ...other]) {
    const before = all.get(news.noun);
    all.set(news.noun, before ? join(before, news) : news);
  }
  return [...all.values()];
}

const most = 200;

function join(one: News, other: News): News {
  const ids = [...new Set([...one.ids, ...other.ids])];
  const projects = [...new Set([...one.projects, ...other.projects])];
  const many = one.many || other.many || ids.length > most;
  return { noun: one.noun, many, ids: many ? [] : ids, projects: many ? [] : projects };
}
