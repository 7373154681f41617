import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { createTokenSchema, type CreatedTokenView, type TokenView } from '#contracts';
import { z } from 'zod';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { CurrentPrincipal, type Principal } from './principal.js';
import { Require } from './require.decorator.js';
import { TokensService } from './tokens.service.js';

@Controller('api/tokens')
export class TokensController {
  constructor(private readonly tokens: TokensService) {}

  @Get()
  @Require('tokens.own')
  list(@CurrentPrincipal() principal: Principal): Promise<TokenView[]> {
    return this.tokens.list(principal);
  }

  @Post()
  @Require('tokens.own')
  create(@Body(new ZodPipe(createTokenSchema)) body: z.infer<typeof createTokenSchema>, @CurrentPrincipal() principal: Principal): Promise<CreatedTokenView> {
    return this.tokens.create(body, principal);
  }

  @Delete(':id')
  @HttpCode(204)
  @Require('tokens.own')
  remove(@Param('id', new ZodPipe(z.uuid())) id: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.tokens.remove(id, principal);
  }
}
