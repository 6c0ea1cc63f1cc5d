using AlignOps.Contracts;
using AlignOps.Serving;
using AlignOps.Serving.Policies;

namespace AlignOps.Tests.Serving;

internal static class ServedPolicies
{
    public static (ServedPolicy Policy, CountingPolicy Model) Serve(int version, ServingOptions? options = null)
    {
        var model = new CountingPolicy(version);
        var champion = new ChampionRow("support", version, new ModelRef(new string('c', 64), null), 0, null);
        return (new ServedPolicy(champion, new LoadedPolicy(model, new CountingPolicy.Tokenizer()), options ?? new ServingOptions()), model);
    }
}
