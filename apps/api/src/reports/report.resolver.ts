import type { ReportRow } from '../db/row-types.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../graphql/context.js';
import { PageArgs } from '../graphql/page-types.js';
import { payload } from '../graphql/payload.js';
import { Address } from '../graphql/scalars.js';
import { DeletePayload, Node, toUserError, UserError } from '../graphql/types.js';
import type { ReportService } from './report.service.js';
import { Report, ReportCreateInput, ReportPage, ReportPayload } from './report.types.js';

@Resolver(() => Report)
export class ReportResolver {
  constructor(private readonly service: ReportService) {}

  @Authorized('REPORTS_READ')
  @Query(() => ReportPage, { nullable: true })
  reports(
    @Arg('subjectId', () => ID, { nullable: true }) subjectId: string | null | undefined,
    @Args() page: PageArgs,
  ) {
    return this.service.page(subjectId, page);
  }

  @Authorized('REPORTS_READ')
  @Mutation(() => ReportPayload, { nullable: true })
  reportCreate(
    @Arg('input', () => ReportCreateInput) input: ReportCreateInput,
    @Arg('idempotencyKey', () => String, { nullable: true }) key: string | null | undefined,
    @Ctx() context: Context,
  ) {
    return payload('report', () => this.service.create(input, key, context));
  }

  @Authorized('REPORTS_READ')
  @Mutation(() => DeletePayload, { nullable: true })
  reportDelete(@Arg('id', () => ID) id: string, @Ctx() context: Context) {
    return payload('deletedId', () => this.service.delete(id, context));
  }

  @FieldResolver(() => Node, { nullable: true })
  subject(@Root() report: ReportRow, @Ctx() context: Context): Promise<object | null> {
    return this.service.subject(report, context);
  }

  @FieldResolver(() => Address, { nullable: true })
  downloadUrl(@Root() report: ReportRow, @Ctx() context: Context): string | null {
    return this.service.addressOf(report, 'file', context);
  }

  @FieldResolver(() => Address, { nullable: true })
  signatureUrl(@Root() report: ReportRow, @Ctx() context: Context): string | null {
    return this.service.addressOf(report, 'signature', context);
  }

  @FieldResolver(() => UserError, { nullable: true })
  failure(@Root() { failure }: ReportRow): UserError | null {
    return failure && toUserError(failure);
  }
}
