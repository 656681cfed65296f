import { ArrayNotEmpty, IsArray, IsBoolean, IsIn, IsInt, IsNumber, Min } from 'class-validator';

export class MetricsConfig {
  /** Upper bounds of the histogram of latencies, in seconds. */
  @IsArray()
  @ArrayNotEmpty()
  @IsNumber({}, { each: true })
  readonly buckets: readonly number[] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

  /** `code`: each status by itself; `class`: `2xx`, `4xx` and so on. */
  @IsIn(['code', 'class'])
  readonly status: 'code' | 'class' = 'code';

  /** So many combinations of plugin, method, route and status are counted; what comes beyond is counted as `other`. */
  @IsInt()
  @Min(1)
  readonly maxSeries: number = 2_000;

  /** Whether prom-client's own metrics of the process are shown as well: heap, garbage collection, handles and so on. */
  @IsBoolean()
  readonly defaults: boolean = false;
}
