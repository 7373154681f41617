import { Controller, Get, UseFilters } from '@nestjs/common';
import { Require } from '../access/require.decorator.js';
import { invalidParameter } from './prometheus-error.js';
import { PrometheusErrorFilter } from './prometheus-error.filter.js';
import { Asked, type PrometheusRequest } from './prometheus-request.js';
import { succeeded, type Success } from './success.js';
import { quoted } from './time-parameter.js';

const RULE_TYPES = ['', 'alert', 'record'];

/** There are no rules and alerts. Grafana asks for them whenever an editor opens, and an answer that says so is no error to it. */
@Controller('prometheus/api/v1')
@UseFilters(PrometheusErrorFilter)
export class RulesController {
  @Get('rules')
  @Require('telemetry.read')
  rules(@Asked() { form }: PrometheusRequest): Success<{ readonly groups: readonly never[] }> {
    const type = form.value('type').toLowerCase();
    if (!RULE_TYPES.includes(type)) throw invalidParameter('type', `not supported value ${quoted(type)}`);
    return succeeded({ groups: [] });
  }

  @Get('alerts')
  @Require('telemetry.read')
  alerts(): Success<{ readonly alerts: readonly never[] }> {
    return succeeded({ alerts: [] });
  }

  @Get('alertmanagers')
  @Require('telemetry.read')
  alertmanagers(): Success<{ readonly activeAlertmanagers: readonly never[]; readonly droppedAlertmanagers: readonly never[] }> {
    return succeeded({ activeAlertmanagers: [], droppedAlertmanagers: [] });
  }
}
