import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ComparisonSideInput } from '../../connections/comparison.types.js';
import type { RunRow } from '../../db/row-types.js';
import { hasScope, type Context } from '../../graphql/context.js';
import { AtMost } from '../../graphql/declarations.js';
import { MAX_ISSUES, type Issue } from '../../jobs/issues.js';
import { IssueType } from '../../jobs/job.types.js';
import { RunType } from './run.types.js';
import type { ScanService, ScanView } from './scan.service.js';
import { ScanResult } from './scan.types.js';

@Resolver(() => RunType)
export class RunScanResolver {
  constructor(private readonly service: ScanService) {}

  @FieldResolver(() => ScanResult, { nullable: true })
  scan(@Root() run: RunRow, @Ctx() context: Context): Promise<ScanView | null> {
    return this.service.resultOf(run, context);
  }
}

@Resolver(() => ScanResult)
export class ScanResultResolver {
  constructor(private readonly service: ScanService) {}

  @AtMost(MAX_ISSUES)
  @FieldResolver(() => [IssueType])
  losses(
    @Root() scan: ScanView,
    @Arg('destination', () => ComparisonSideInput) destination: ComparisonSideInput,
    @Ctx() context: Context,
  ): Promise<Issue[]> {
    return this.service.losses(scan, destination, hasScope(context, 'CONNECTIONS_READ'));
  }
}
