import { IsArray, IsString } from 'class-validator';

export class HealthConfig {
  /** Plugins that must run for `/health/ready` to say yes, besides those that are `critical`. */
  @IsArray()
  @IsString({ each: true })
  readonly required: readonly string[] = [];
}
