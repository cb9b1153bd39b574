import type { ChangeRow } from '../db/row-types.js';
import { TOPICS, type Topic } from '../db/tables/events.js';
import type { ChangeFilter } from './change.store.js';
import { changeCursors } from './event-cursor.js';
import type { LogKind } from './log-feed.js';

/** The channel of the hub that is woken after the commit of a change. */
export const CHANGES_CHANNEL = 'changes';

/** The log of changes, as it is followed: a change wakes those who follow its topic as a whole, its subject or its related object. */
export const changeKind: LogKind<ChangeRow, ChangeFilter> = {
  cursors: changeCursors,
  channel: CHANGES_CHANNEL,
  all: {},
  fits: ({ topics, objectIds }, { topic, subjectId, relatedId }) => {
    if (topics !== undefined && !topics.includes(topic)) return false;
    return objectIds === undefined || objectIds.some((id) => id === subjectId || id === relatedId);
  },
  channelsOfEvent: ({ topic, subjectId, relatedId }) =>
    [null, subjectId, ...(relatedId === null ? [] : [relatedId])].map((id) => channelOf(topic, id)),
  channelsOfFilter: ({ topics = TOPICS, objectIds }) =>
    topics.flatMap((topic) => (objectIds ?? [null]).map((id) => channelOf(topic, id))),
  // A figure replaces the former one of its subject, as in the store.
  replacedBy: ({ topic, change, subjectId }) =>
    topic === 'BUDGET' && change === 'UPDATED' ? (former) => former.subjectId === subjectId : null,
};

const channelOf = (topic: Topic, objectId: string | null) => `changes:${topic}:${objectId ?? '*'}`;
