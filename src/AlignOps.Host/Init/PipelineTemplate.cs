namespace AlignOps.Host.Init;

/// <summary>The pipeline.yaml of a set of answers, with a comment wherever a number is a decision.</summary>
internal static class PipelineTemplate
{
    public static string Write(InitAnswers answers)
    {
        var (kinds, method) = Recipe(answers.Feedback);
        var tiny = answers.Size is { IsTiny: true };
        var heldOut = answers.Judge == InitChoices.HeldOut;
        return $"""
            # yaml-language-server: $schema=../schema/pipeline.schema.json
            # Written by 'alignops init'. Check an edit with 'alignops pipeline validate'; it counts from the next run on.
            pipeline: {answers.Name}
            description: Learns from {answers.Feedback}.

            mix:
              held_out_share: {(heldOut ? "0.3 " : "0.1 ")}       # of the prompts: never trained on{(heldOut ? ", they judge the candidate" : "")}
              replay_share: 0.25         # of the training rows: what was learned before, so that it is not forgotten
              synthetic_share: 0
              kinds: [{kinds}]

            training:
              method: {method}
              start: champion
              epochs: 3
              prompts_per_step: 8
              learning_rate: {(tiny ? "4.0e-3      # the model is tiny; 1.0e-4 suits one of billions" : "1.0e-4")}
              max_tokens: {Math.Min(1024, answers.Size?.Positions ?? 1024)}
              lora: {"{"} rank: 8, alpha: 16 {"}"}

            evaluation:
            {Evaluation(answers, heldOut)}

            gate:
            {Gate(answers)}
            {Schedule(answers)}
            """;
    }

    /// <summary>The kinds of rows that are learned from, and a method that can.</summary>
    internal static (string Kinds, string Method) Recipe(string feedback) => feedback switch
    {
        "thumbs" => ("thumb", "kto"),
        "demonstrations" => ("demonstration", "sft"),
        _ => ("preference, ranking, demonstration", "rrhf"),
    };

    private static string Evaluation(InitAnswers answers, bool heldOut)
    {
        var tokens = answers.Size is { IsTiny: true } ? 64 : 256;
        var judged = heldOut
            ? """
                held_out_pairs: 400        # the feedback itself judges: it shows what was learned, not whether the feedback was good
              """
            : """
                verifier: expect           # checks what each item of a suite expects
              """;
        var behaviour = heldOut
            ? ""
            : "\n    - { name: behaviour, file: suites/behaviour.jsonl, role: preference }   # a start: put your own questions there";
        return $"""
            {judged}
              max_new_tokens: {tokens}
              suites:{behaviour}
                - {"{"} name: abilities, file: suites/abilities.jsonl, role: regression, verifier: max-length {"}"}
            """;
    }

    private static string Gate(InitAnswers answers)
    {
        var alpha = answers.Gate == "balanced" ? "0.05" : "0.01";
        var approval = answers.Gate == InitChoices.Approval
            ? "\n  approval: 1 of ops         # by somebody who pushed none of the batches\n  approval_days: 7"
            : "\n  # approval: 1 of ops       # a person has to agree, too";
        return $"""
              alpha: {alpha}                # the chance that an equal model is called better
              min_items: 20
              regression_margin: 0.1{approval}
            """;
    }

    private static string Schedule(InitAnswers answers) => answers.Schedule == "none"
        ? """

            # schedule: { cron: "0 0 3 ? * SUN", time_zone: UTC }   # retrain on everything learned, Sundays at three

            """
        : $"""

            schedule:
              cron: "{(answers.Schedule == "daily" ? "0 0 3 * * ?" : "0 0 3 ? * SUN")}"        # seconds first: {InitChoices.Schedules.First(choice => choice.Name == answers.Schedule).Says}
              time_zone: UTC

            """;
}
