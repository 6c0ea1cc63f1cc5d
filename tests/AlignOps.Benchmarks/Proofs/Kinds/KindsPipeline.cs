using System.Globalization;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>A definition with every kind of judge, and the suite that they judge.</summary>
internal static class KindsPipeline
{
    private const int Items = 60;

    public static string Definition(string url, string baseModel, string adapter) => $$"""
        pipeline: kinds
        evaluation:
          verifier: contains
          baseline: { kind: none }
          constitution: [ "Be kind to the customer.", "Say what happens next." ]
          suites: [ { name: parcels, file: suites/parcels.jsonl, role: preference, max_new_tokens: 16 } ]
          judges:
            - { name: pairs, kind: pairwise, {{Model(url)}} }
            - { name: pairs with reference, kind: pairwise, reference: true, {{Model(url)}} }
            - { name: ratings, kind: single, {{Model(url)}} }
            - { name: turns, kind: multi_turn, {{Model(url)}} }
            - { name: rated turns, kind: multi_turn, multi_turn: { by: single }, tie_within: 0.5, {{Model(url)}} }
            - { name: soft, kind: soft, {{Model(url)}} }
            - { name: form, kind: form, tie_within: 0.1, {{Model(url)}} }
            - { name: drawn form, kind: form, form: { samples: 3 }, temperature: 1, {{Model(url)}} }
            - { name: skills, kind: skills, skills: { names: [ comprehension, readability, conciseness ] }, {{Model(url)}} }
            - { name: dimensions, kind: dimensions, {{Model(url)}} }
            - { name: constitution, kind: principles, {{Model(url)}} }
            - { name: evidence, kind: evidence, temperature: 1, evidence: { samples: 3 }, {{Model(url)}} }
            - { name: panel, kind: panel, panel: { members: [ pairs, soft, rules ], rule: majority } }
            - { name: reward, kind: reward_model, reward_model: { base: "{{baseModel}}", adapter: "{{adapter}}" } }
            - { name: rules, kind: verifier, verifier: contains }
        """;

    /// <summary>Half of one turn, half of two; two in three name their skills, and a tenth of them forgot the reference.</summary>
    public static string Suite => string.Concat(Enumerable.Range(0, Items).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id": "p{{i}}", "slice": "{{(i % 2 == 0 ? "one" : "two")}}", "prompt": [{"role": "user", "content": "where is parcel {{i}}"}]{{(i % 2 == 0 ? "" : ", \"turns\": [\"and when\"]")}}, "expect": {{Expect(i)}}}""") + "\n"));

    private static string Expect(int i) => "{\"contains\": \"kindly\""
        + (i % 3 == 0 ? "" : ", \"skills\": [\"Factuality\", \"Completeness\", \"Readability\"]")
        + (i % 10 == 9 ? "" : i % 2 == 0 ? ", \"reference\": \"we kindly look for it\"" : ", \"reference\": [\"we kindly look for it\", \"today\"]") + "}";

    private static string Model(string url) => $"url: \"{url}\", model: scripted, concurrency: 16, max_tokens: 200, timeout_seconds: 20, budget: {{ tokens: 5000000 }}";
}
