import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.js';
import { AtMost } from '../graphql/declarations.js';
import { payload } from '../graphql/payload.js';
import { MAX_SPANS } from '../spans.js';
import type { BudgetService } from './budget.service.js';
import { BudgetPayload, BudgetSpan, BudgetUpdateInput, CallEstimate, RateBudget } from './budget.types.js';

@Resolver(() => RateBudget)
export class BudgetResolver {
  constructor(private readonly budgets: BudgetService) {}

  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => BudgetPayload, { nullable: true })
  budgetUpdate(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => BudgetUpdateInput) input: BudgetUpdateInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() context: Context,
  ) {
    return payload('budget', () => this.budgets.update(id, input, expectedVersion, context));
  }

  @AtMost(MAX_SPANS)
  @FieldResolver(() => [BudgetSpan])
  history(@Root() budget: RateBudget) {
    return this.budgets.history(budget);
  }

  @FieldResolver(() => CallEstimate)
  forecast(@Root() budget: RateBudget) {
    return this.budgets.forecast(budget);
  }
}
