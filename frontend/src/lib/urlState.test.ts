import { describe, expect, it } from 'vitest';
import { readQuery, writeQuery } from './urlState';

const defaults = { q: '', sort: 'code', district: [] as string[] };

describe('state in the address', () => {
  it('reads one value, many and none', () => {
    expect(readQuery(defaults, {})).toEqual(defaults);
    expect(readQuery(defaults, { district: '440305' }).district).toEqual(['440305']);
    expect(readQuery(defaults, { district: ['440305', '440306'] }).district).toEqual(['440305', '440306']);
    expect(readQuery(defaults, { q: '地铁', sort: '-updated' })).toEqual({ q: '地铁', sort: '-updated', district: [] });
  });

  it('takes the first of a value given twice and ignores what is empty', () => {
    expect(readQuery(defaults, { sort: ['name', 'code'] }).sort).toBe('name');
    expect(readQuery(defaults, { sort: '', district: [null, ''] })).toEqual(defaults);
  });

  it('writes only what differs from the defaults', () => {
    expect(writeQuery(defaults, { q: '', sort: 'code', district: [] }, {})).toEqual({});
    expect(writeQuery(defaults, { q: '', sort: 'name', district: ['440305'] }, {})).toEqual({
      sort: 'name',
      district: ['440305'],
    });
  });

  it('keeps what belongs to others, such as the open drawer', () => {
    expect(writeQuery(defaults, { ...defaults, q: '港' }, { open: '7', q: '地铁' })).toEqual({ open: '7', q: '港' });
  });

  it('survives the way there and back', () => {
    const state = { q: '龙华', sort: '-updated', district: ['440309', '440310'] };
    expect(readQuery(defaults, writeQuery(defaults, state, {}) as never)).toEqual(state);
  });
});
