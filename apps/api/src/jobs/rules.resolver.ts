import { READY_MADE } from '@sluice/core/filter';
import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql';
import { hasScope, type Context } from '../graphql/context.js';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import { LocationInput } from '../connections/remote.types.js';
import { MAX_PREVIEW_ROWS, type PreviewRow } from './rule-preview.js';
import type { RulePreviewService } from './rule-preview.service.js';
import { ruleView } from './rules.js';
import { ItemRuleInput, ItemRulePreviewRow, ItemRuleSet } from './rules.types.js';

@Resolver()
export class ItemRuleResolver {
  constructor(private readonly previews: RulePreviewService) {}

  @AtMost(MAX_PREVIEW_ROWS)
  @AsksPlatform()
  @Authorized('JOBS_READ')
  @Query(() => [ItemRulePreviewRow], { nullable: true })
  async itemRulePreview(
    @Arg('location', () => LocationInput) location: LocationInput,
    @Arg('rules', () => [ItemRuleInput]) rules: ItemRuleInput[],
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Ctx() context: Context,
  ): Promise<PreviewRow[] | null> {
    if (!hasScope(context, 'CONNECTIONS_READ')) return null;
    const { signal, requestId: owner } = context;
    return this.previews.preview({ location, rules, first }, { signal, priority: 'INTERACTIVE', owner });
  }

  @AtMost(READY_MADE.length)
  @Authorized('JOBS_READ')
  @Query(() => [ItemRuleSet], { nullable: true })
  itemRuleSets(): ItemRuleSet[] {
    return READY_MADE.map(({ rules, ...set }) => ({ ...set, rules: rules.map(ruleView) }));
  }
}
