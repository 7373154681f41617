import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { createSignInLinkSchema, type SignInLinkView, type UserView } from '#contracts';
import { z } from 'zod';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { CurrentPrincipal, type Principal } from './principal.js';
import { Require } from './require.decorator.js';
import { SignInLinksService } from './sign-in-links.service.js';
import { UsersService } from './users.service.js';

@Controller('api')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly links: SignInLinksService,
  ) {}

  @Get('users')
  @Require('users.manage')
  list(): Promise<UserView[]> {
    return this.users.list();
  }

  @Delete('users/:id')
  @HttpCode(204)
  @Require('users.manage')
  remove(@Param('id', new ZodPipe(z.uuid())) id: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.users.remove(id, principal);
  }

  @Post('sign-in-links')
  @Require('users.manage')
  createLink(@Body(new ZodPipe(createSignInLinkSchema)) body: z.infer<typeof createSignInLinkSchema>, @CurrentPrincipal() principal: Principal): Promise<SignInLinkView> {
    return this.links.create(body, principal);
  }
}
