import { Module } from '@nestjs/common';
import { WebFilesController } from './web-files.controller.js';

@Module({ controllers: [WebFilesController] })
export class WebModule {}
