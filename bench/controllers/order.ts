import { Type } from 'class-transformer';
import { IsBoolean, IsEmail, IsInt, IsString, Length, Max, Min, ValidateNested } from 'class-validator';

export class Customer {
  @IsString()
  @Length(1, 80)
  name!: string;

  @IsEmail()
  email!: string;
}

/** What scenario c posts, for all who validate by class-validator. */
export class Order {
  @IsString()
  @Length(1, 40)
  reference!: string;

  @IsInt()
  @Min(1)
  @Max(1000)
  quantity!: number;

  @Min(0)
  price!: number;

  @IsBoolean()
  express!: boolean;

  @IsString()
  @Length(0, 500)
  note!: string;

  @ValidateNested()
  @Type(() => Customer)
  customer!: Customer;
}
