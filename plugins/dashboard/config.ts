import { IsBoolean, IsOptional, IsString, IsUrl, MinLength } from 'class-validator';
import { Secret } from 'plugboard';

export class DashboardConfig {
  /** Who knows it may see and do everything: a long random text. Without it nobody signs in. */
  @Secret()
  @IsOptional()
  @IsString()
  @MinLength(16)
  readonly token?: string;

  /** Whether browsers on the machine itself need no token. */
  @IsBoolean()
  readonly loopback: boolean = false;

  /** Where browsers see the host, when a proxy hides that: `https://ops.example.org`. Default: the `Host` of the request. */
  @IsOptional()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  readonly origin?: string;
}
