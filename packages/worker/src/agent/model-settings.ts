/** What a model may be asked with: parameters it refuses are left out, so that a question never fails for them. */
export interface ModelSettings {
  readonly modelId: string;
  readonly maxTokens: number;
  readonly temperature?: number;
}

/** Claude 5 and Opus 4.7 on refuse `temperature`, `top_p` and `top_k`. */
const refusesTemperature = /claude-(?:(?:opus|sonnet|haiku|fable)-(?:[5-9]|\d{2,})(?:-|$)|opus-4-[7-9])/;

/** Its ARN says nothing of the model behind it, which may be one that refuses. */
const saysNoModel = /:application-inference-profile\//;

export function modelSettings(modelId: string, maxTokens: number): ModelSettings {
  return refusesTemperature.test(modelId) || saysNoModel.test(modelId) ? { modelId, maxTokens } : { modelId, maxTokens, temperature: 0.2 };
}
