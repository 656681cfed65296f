import { Type } from 'class-transformer';
import { IsInt, IsString, Max, Min, ValidateNested } from 'class-validator';
import { Plugin, Secret } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

class SmtpConfig {
  @IsString() readonly host: string = 'localhost';
  @IsInt() @Min(1) @Max(65_535) readonly port: number = 25;
  @Secret() @IsString() readonly password: string = '';
}

class MailConfig {
  @IsString() readonly sender: string = 'nobody@example.com';
  @IsString({ each: true }) readonly copies: readonly string[] = [];
  @ValidateNested() @Type(() => SmtpConfig) readonly smtp: SmtpConfig = new SmtpConfig();
}

@Plugin({ name: 'mail', config: MailConfig })
@JsonController('/mail')
export class MailPlugin {
  constructor(private readonly config: MailConfig) {}

  @Get('/settings')
  settings() {
    return this.config; // {"sender":"…","copies":[],"smtp":{"host":"…","port":587,"password":"[secret]"}}
  }
}
