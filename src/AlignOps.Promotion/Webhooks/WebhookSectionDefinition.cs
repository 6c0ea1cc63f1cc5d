using System.Globalization;
using System.Text.RegularExpressions;
using AlignOps.Platform.Definitions;

namespace AlignOps.Promotion.Webhooks;

internal sealed partial class WebhookSectionDefinition : IPipelineSection<WebhookSection>
{
    private const int MostEndpoints = 10;

    public string Key => "webhooks";

    public IEnumerable<SectionFault> Validate(WebhookSection section)
    {
        if (section.Endpoints.Count > MostEndpoints) yield return new("webhooks.endpoints", $"There are {section.Endpoints.Count} endpoints; at most {MostEndpoints} can be told.");
        for (var i = 0; i < section.Endpoints.Count; i++)
        {
            var (path, endpoint) = (string.Create(CultureInfo.InvariantCulture, $"webhooks.endpoints[{i}]"), section.Endpoints[i]);
            if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
            {
                yield return new($"{path}.url", $"'{endpoint.Url}' is no address to tell: give one such as https://example.org/hooks/alignops, without a user's name in it.");
            }

            if (!SecretName().IsMatch(endpoint.Secret)) yield return new($"{path}.secret", $"'{endpoint.Secret}' is no secret's name: give letters, digits and dashes; the secret itself stands in an environment variable.");
            foreach (var unknown in endpoint.Events.Except(WebhookEvents.All))
            {
                yield return new($"{path}.events", $"'{unknown}' is no decision; there are {string.Join(", ", WebhookEvents.All)}.");
            }
        }
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,62}$")]
    private static partial Regex SecretName();
}
