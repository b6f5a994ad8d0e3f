namespace OnboardingPortal.App.Features.Webhooks;

public sealed partial class WebhookGuide
{
    private const string Example = """
        {
          "type": "connection.connected",
          "timestamp": "2026-11-21T09:00:00Z",
          "data": {
            "requestId": "95617584000000000",
            "status": "pending",
            "link": "https://portal.example/collaboration/requests/95617584000000000",
            "platform": "mailchimp",
            "account": "Blue Bakery"
          }
        }
        """;

    private const string Snippet = """
        const { createHmac, timingSafeEqual } = require('node:crypto');

        // body: the text as it came, before it is read as JSON
        function comesFromThePortal(secret, headers, body) {
          const id = headers['webhook-id'], timestamp = headers['webhook-timestamp'];
          if (!(Math.abs(Date.now() / 1000 - timestamp) < 300)) return false; // too old: somebody may have recorded it
          const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
          const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
          return headers['webhook-signature'].split(' ').some(signature => {
            const [version, value = ''] = signature.split(',');
            const given = Buffer.from(value, 'base64');
            return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
          });
        }
        """;
}
