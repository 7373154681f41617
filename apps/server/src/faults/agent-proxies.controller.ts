import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { createProxySchema, nameSchema, type CreateProxy, type ProxyView } from '#contracts';
import { CurrentPrincipal, actorOf, type Principal } from '../access/principal.js';
import { Require } from '../access/require.decorator.js';
import { ZodPipe } from '../errors/zod-body.pipe.js';
import { AgentProxies } from './agent-proxies.service.js';

// Toxiproxy's own API lets a name be any text.
const proxyNameSchema = z.string().min(1).max(200);

@Controller('api/agents/:name/proxies')
export class AgentProxiesController {
  constructor(private readonly proxies: AgentProxies) {}

  @Get()
  @Require('agents.read')
  list(@Param('name', new ZodPipe(nameSchema)) agent: string): Promise<readonly ProxyView[]> {
    return this.proxies.list(agent);
  }

  @Post()
  @Require('faults.write')
  create(@Param('name', new ZodPipe(nameSchema)) agent: string, @Body(new ZodPipe(createProxySchema)) body: CreateProxy, @CurrentPrincipal() principal: Principal): Promise<ProxyView> {
    return this.proxies.create(agent, body, actorOf(principal));
  }

  @Delete(':proxy')
  @HttpCode(204)
  @Require('faults.write')
  remove(@Param('name', new ZodPipe(nameSchema)) agent: string, @Param('proxy', new ZodPipe(proxyNameSchema)) proxy: string, @CurrentPrincipal() principal: Principal): Promise<void> {
    return this.proxies.remove(agent, proxy, actorOf(principal));
  }
}
