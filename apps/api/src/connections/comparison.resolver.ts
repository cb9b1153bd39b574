import { Arg, Authorized, Query, Resolver } from 'type-graphql';
import { COMPARISON_ROWS, type ComparisonRow } from '@sluice/core/compare';
import { AsksPlatform, AtMost } from '../graphql/declarations.js';
import type { ComparisonSides } from './comparison.js';
import { ComparisonRowType, ComparisonSideInput } from './comparison.types.js';

@Resolver(() => ComparisonRowType)
export class ComparisonResolver {
  constructor(private readonly sides: ComparisonSides) {}

  @AsksPlatform()
  @Authorized('CONNECTIONS_READ')
  @AtMost(COMPARISON_ROWS)
  @Query(() => [ComparisonRowType], { nullable: true })
  platformComparison(
    @Arg('source', () => ComparisonSideInput) source: ComparisonSideInput,
    @Arg('destination', () => ComparisonSideInput) destination: ComparisonSideInput,
  ): Promise<ComparisonRow[]> {
    return this.sides.compare(source, destination);
  }
}
