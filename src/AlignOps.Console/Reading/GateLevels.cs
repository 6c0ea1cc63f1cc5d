using System.Collections.Concurrent;
using System.Security.Claims;
using AlignOps.WebConsole.Api;

namespace AlignOps.WebConsole.Reading;

/// <summary>The level that a run's gate will prove at, before there is a record of it. A definition never changes, so it is asked once for each.</summary>
internal sealed class GateLevels(ApiClient api)
{
    private readonly ConcurrentDictionary<string, double> _known = new(StringComparer.Ordinal);

    public async Task<double?> AlphaAsync(RunLine run, ClaimsPrincipal visitor, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(run.DefinitionDigest, out var known))
        {
            return known;
        }

        var answer = await api.GetAsync(visitor, ApiRoom.Promotion, $"/v1/runs/{Uri.EscapeDataString(run.RunId)}/gate/policy", cancellationToken);
        return answer.Read<GateRecord.Levels>() is { Alpha: > 0 and < 1 } levels ? _known.GetOrAdd(run.DefinitionDigest, levels.Alpha) : null;
    }
}
