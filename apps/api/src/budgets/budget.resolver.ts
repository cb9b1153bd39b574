import { Arg, Authorized, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { payload } from '../graphql/payload.js';
import type { BudgetService } from './budget.service.js';
import { BudgetPayload, BudgetUpdateInput, CallEstimate, RateBudget } from './budget.types.js';

@Resolver(() => RateBudget)
export class BudgetResolver {
  constructor(private readonly budgets: BudgetService) {}

  @Authorized('CONNECTIONS_WRITE')
  @Mutation(() => BudgetPayload, { nullable: true })
  budgetUpdate(@Arg('id', () => ID) id: string, @Arg('input', () => BudgetUpdateInput) input: BudgetUpdateInput) {
    return payload('budget', () => this.budgets.update(id, input));
  }

  @FieldResolver(() => CallEstimate)
  forecast(@Root() budget: RateBudget) {
    return this.budgets.forecast(budget);
  }
}
