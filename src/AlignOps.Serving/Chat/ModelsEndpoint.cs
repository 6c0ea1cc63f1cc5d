using AlignOps.Serving.Policies;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Serving.Chat;

internal static class ModelsEndpoint
{
    /// <summary><c>GET /v1/models</c>: each champion, by its pipeline's name and by its version. <c>parent</c> is the checkpoint it stands on.</summary>
    public static IResult Get(PolicyCatalog catalog) => OpenAiResults.Ok(new ModelList("list", [.. catalog.All.SelectMany(Describe)]));

    /// <summary><c>GET /v1/models/{model}</c>: one of them.</summary>
    public static IResult GetOne(string model, PolicyCatalog catalog) => catalog.All.SelectMany(Describe).FirstOrDefault(card => card.Id == model) is { } card
        ? OpenAiResults.Ok(card)
        : OpenAiResults.Refuse(OpenAiError.NotFound("model_not_found", "model", $"The model '{model}' does not exist or has no champion yet. GET /v1/models lists what is served."));

    private static IEnumerable<ModelCard> Describe(ServedPolicy policy)
    {
        var champion = policy.Champion;
        var card = new ModelCard(champion.Pipeline, "model", champion.Since / 1000, "alignops", policy.Name, champion.Model.Checkpoint, champion.Model.Adapter, champion.Version, policy.Config.MaxPositions);
        return [card, card with { Id = policy.Name }];
    }

    private sealed record ModelList(string Object, IReadOnlyList<ModelCard> Data);

    private sealed record ModelCard(string Id, string Object, long Created, string OwnedBy, string Root, string Parent, string? Adapter, int Version, int MaxModelLen);
}
