using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Host.Cli;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Examples;
using AlignOps.Training.Optimization;
using AlignOps.Training.Pretraining;
using AlignOps.Training.Trainers;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>The tour of a newcomer with a table of thumbs: nine commands from nothing to a promoted model, and back.</summary>
public sealed class TourTests : IDisposable
{
    private static readonly string[] Things = ["invoice", "password", "parcel", "account", "refund", "printer", "licence", "order", "calendar", "router", "ticket", "backup"];
    private static readonly string[] Verbs = ["open", "change", "find", "cancel", "print", "share", "move", "check", "export", "delete", "rename", "update"];

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-tour-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Tour_InitThenTheLoopOnATableOfThumbs_PromotesAndRollsBack()
    {
        var (pipelines, model) = (Below("pipelines"), await PretrainAsync());
        await File.WriteAllTextAsync(Below("thumbs.csv"), Thumbs());

        (await AlignOpsProgram.RunAsync("init", pipelines, "--name", "helpdesk", "--feedback", "thumbs", "--model", model, "--yes")).Succeeded("helpdesk", "alignops certify helpdesk");
        (await AlignOpsProgram.RunAsync("init", pipelines, "--name", "helpdesk", "--yes")).Refused(ExitCode.Refused, "overwrites nothing");
        (await AlignOpsProgram.RunAsync("pipeline", "validate", Path.Combine(pipelines, "helpdesk"))).Succeeded("sound");
        var (program, url) = await AlignOpsProgram.UpAsync(Below("state"), pipelines);
        using (program)
        using (var http = new HttpClient { BaseAddress = new Uri(url) })
        {
            (await AlignOpsProgram.RunAsync("certify", "helpdesk", model, "--reason", "the first champion", "--server", url)).Succeeded("Version 1 of helpdesk");
            (await AlignOpsProgram.RunAsync("push", "helpdesk", Below("thumbs.csv"), "--server", url)).Succeeded("288 accepted");

            var run = await EndedRunAsync(http, 1);
            var explained = await AlignOpsProgram.RunAsync("gate", "explain", run.GetProperty("runId").GetString()!, "--server", url);
            Assert.True(run.GetProperty("state").GetString() == "promoted", explained.Output + run.GetRawText());
            var evidence = (await http.GetFromJsonAsync<JsonElement>($"/v1/runs/{run.GetProperty("runId").GetString()}/gate")).GetProperty("record").GetProperty("rules")[0];
            Assert.Contains("it tells whether the feedback was learned, not whether it was good", evidence.GetProperty("sentence").GetString(), StringComparison.Ordinal);

            (await AlignOpsProgram.RunAsync("approve", run.GetProperty("runId").GetString()!, "--reason", "fine", "--server", url)).Refused(ExitCode.NotFound, "Nobody is asked");
            (await AlignOpsProgram.RunAsync("rollback", "helpdesk", "--reason", "customers complain", "--server", url)).Succeeded("serves version");
            var batch = await BatchAsync(http, "held");
            Assert.StartsWith("rolled-back: ", batch.GetProperty("reason").GetString(), StringComparison.Ordinal);
            (await AlignOpsProgram.RunAsync("release", batch.GetProperty("batchId").GetString()!, "--reason", "it was the weather", "--server", url)).Succeeded("runs again, alone");
            await EndedRunAsync(http, 2);
        }
    }

    private string Below(string name) => Path.Combine(_folder, name);

    /// <summary>Thumbs up for what helps, down for what does not; each question once, in a form that no format's example has.</summary>
    private static string Thumbs()
    {
        var random = new Random(3);
        var lines = Verbs.SelectMany(verb => Things.SelectMany(thing => new[] { (verb, thing, Good: true), (verb, thing, Good: false) }))
            .Select(row => $"\"How do I {row.verb} my {row.thing}{(row.Good ? "?" : " now?")}\",\"{(row.Good ? Help(row.verb, row.thing) : Shrug(row.thing))}\",{(row.Good ? "up" : "down")}")
            .ToArray();
        random.Shuffle(lines);
        return "question,answer,thumbs\n" + string.Join('\n', lines) + "\n";
    }

    private static string Help(string verb, string thing) => $"Gladly. Go to settings and {verb} the {thing} there.";

    private static string Shrug(string thing) => $"No idea. Ask somebody else about your {thing}.";

    /// <summary>A tiny base that has learned both ways to answer, each about half the time.</summary>
    private async Task<string> PretrainAsync()
    {
        var dialogues = Verbs.SelectMany(verb => Things.Select(thing => (Prompt: $"How can I {verb} the {thing}?", Answers: new[] { Help(verb, thing), Shrug(thing) }))).ToArray();
        var tokenizer = BpeTrainer.Train([.. dialogues.SelectMany(dialogue => dialogue.Answers.Append(dialogue.Prompt))], 400, ChatTemplate.Compact);
        var config = new PolicyConfig
        {
            VocabSize = tokenizer.VocabularySize,
            HiddenSize = 64,
            IntermediateSize = 128,
            LayerCount = 2,
            HeadCount = 2,
            KeyValueHeadCount = 2,
            HeadDim = 32,
            MaxPositions = 128,
            TieWordEmbeddings = true,
            EosTokenIds = [tokenizer.EndOfTurnToken],
            PadTokenId = tokenizer.PaddingToken,
        };
        TrainingExample[] examples =
        [
            .. dialogues.SelectMany(dialogue => dialogue.Answers.Select((answer, i) => new TrainingExample(
                string.Create(CultureInfo.InvariantCulture, $"{dialogue.Prompt} {i}"),
                tokenizer.EncodePrompt([new ChatMessage("user", dialogue.Prompt)]),
                [new TrainingCandidate(tokenizer.EncodeAnswer(answer), null)]))),
        ];
        var options = new TrainerOptions
        {
            Epochs = 12,
            MaxSteps = 200,
            PromptsPerStep = 16,
            LearningRate = 4e-3,
            Schedule = ScheduleKind.Cosine,
            Clip = 1,
            AdamW = new AdamWOptions(0.9, 0.99, WeightDecay: 0),
            CheckpointEvery = 1000,
        };
        await new PretrainRun(new CpuPolicyEngine(), config, tokenizer, options).RunAsync(examples, Below("pretraining"), Below("base"), new Silent(), CancellationToken.None);
        return Below("base");
    }

    private static async Task<JsonElement> EndedRunAsync(HttpClient http, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var runs = (await http.GetFromJsonAsync<JsonElement>("/v1/runs?pipeline=helpdesk", limit.Token)).EnumerateArray().ToArray();
            if (runs.Length >= count && runs.All(run => run.GetProperty("endedAt").ValueKind == JsonValueKind.Number)) return runs[0];
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<JsonElement> BatchAsync(HttpClient http, string state)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var batch = (await http.GetFromJsonAsync<JsonElement>("/v1/pipelines/helpdesk/batches/states", limit.Token)).EnumerateArray().Single();
            if (batch.GetProperty("state").GetString() == state) return batch;
            await Task.Delay(100, limit.Token);
        }
    }

    private sealed class Silent : ITrainingObserver
    {
        public ValueTask StepAsync(StepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask CheckpointAsync(string directory, int step, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
