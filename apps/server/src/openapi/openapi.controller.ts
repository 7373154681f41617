import { Controller, Get } from '@nestjs/common';
import { Require } from '../access/require.decorator.js';
import { RouteCatalog } from '../access/route-catalog.js';
import { buildOpenApi, type OpenApiDocument } from './openapi-document.js';

const API_VERSION = '0.1.0';

@Controller('api/openapi.json')
export class OpenApiController {
  constructor(private readonly catalog: RouteCatalog) {}

  @Get()
  @Require('live.read')
  document(): OpenApiDocument {
    return buildOpenApi(this.catalog, API_VERSION);
  }
}
