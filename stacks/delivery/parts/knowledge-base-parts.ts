import type { Settings } from '../../settings/settings.ts';
import { actionsOf, type Parts, placeOf } from '../part.ts';

/** How the log of a knowledge base's ingestion gets into its group, in the knowledge base's own region; nothing where there is none. */
export function knowledgeBasePartsOf(settings: Settings): Parts {
  const { knowledgeBase } = settings;
  if (!knowledgeBase) return {};
  const { name, arn } = placeOf(settings);
  const there = (service: string, resource: string) => arn(service, resource, knowledgeBase.region);
  return {
    deliveries: {
      resources: [
        ...['delivery-source', 'delivery-destination'].map((kind) => there('logs', `${kind}:${name}-knowledge-base`)),
        there('logs', 'delivery:*'),
      ],
      because: 'AWS makes up the ids of deliveries',
      look: actionsOf('logs', 'GetDelivery GetDeliveryDestination GetDeliverySource ListTagsForResource'),
      make: actionsOf(
        'logs',
        '*DeliveryDestination *DeliverySource CreateDelivery DeleteDelivery TagResource UntagResource UpdateDeliveryConfiguration',
      ),
    },
    knowledgeBase: {
      resources: [there('bedrock', `knowledge-base/${knowledgeBase.id}`)],
      because: 'whoever has its log delivered must be allowed to by the knowledge base',
      look: [],
      make: ['bedrock:AllowVendedLogDeliveryForResource'],
    },
  };
}
