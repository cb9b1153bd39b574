import type { Problem } from '../../problems.js';
import type { Kit } from '../kit.js';

/** Word of changes that platforms send by themselves. */
export function feedTables(kit: Kit) {
  const changeFeeds = kit.table(
    'change_feeds',
    {
      connectionId: kit.text().primaryKey(),
      /** Random last part of the address that the platform sends to. */
      path: kit.text().notNull(),
      /** Whole value of the header `Authorization` of what it sends, sealed. */
      secret: kit.text().notNull(),
      /** What the connector keeps of it; null before it stands at the platform. */
      note: kit.text(),
      /** Why it could not be made, seen to or removed; null while all is well. */
      problem: kit.json<Problem>(),
      /** When it is seen to next. */
      checkAt: kit.ts().notNull(),
      /** Until then it is the matter of the process that sees to it. */
      leaseUntil: kit.ts(),
      /** Of the changes that no run was started for yet: when word of the first came, and when the runs are due. */
      firstWordAt: kit.ts(),
      dueAt: kit.ts(),
    },
    (table) => [kit.uniqueIndex('change_feeds_path').on(table.path)],
  );
  /** What was heard already, so that the same word that comes again starts nothing. */
  const feedWords = kit.table(
    'feed_words',
    { connectionId: kit.text().notNull(), wordId: kit.text().notNull(), heardAt: kit.ts().notNull() },
    (table) => [
      kit.primaryKey({ columns: [table.connectionId, table.wordId] }),
      kit.index('feed_words_heard').on(table.connectionId, table.heardAt),
    ],
  );
  return { changeFeeds, feedWords };
}
