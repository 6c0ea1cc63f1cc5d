using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats;
using AlignOps.Data.Formats.Writing;
using AlignOps.Tests.Architecture;

namespace AlignOps.Tests.Data;

/// <summary>The shipped example of every format: what a report says of it, and that its rows are written and read back the same.</summary>
public sealed class ExampleFileTests
{
    public static TheoryData<string, string, string> Examples => new()
    {
        { "envelope.jsonl", "preference thumb", "envelope: kind, prompt, candidates in 2 of 2 rows" },
        { "hh-rlhf.jsonl", "preference preference", "hh-rlhf: chosen, rejected, both transcripts in 2 of 2 rows" },
        { "trl-preference.jsonl", "preference preference", "trl-preference: chosen, rejected in 2 of 2 rows" },
        { "openai-preference.jsonl", "preference", "openai-preference: input, preferred_output, non_preferred_output in 1 of 1 rows" },
        { "rrhf.jsonl", "ranking", "rrhf: query, responses, scores in 1 of 1 rows" },
        { "messages.jsonl", "demonstration", "messages: messages in 1 of 1 rows" },
        { "sharegpt.jsonl", "demonstration", "sharegpt: conversations with from and value in 1 of 1 rows" },
        { "alpaca.json", "demonstration demonstration", "alpaca: instruction, output in 2 of 2 rows" },
        { "thumbs.jsonl", "thumb thumb thumb", "thumbs: prompt, completion, label in 3 of 3 rows" },
        { "critique.jsonl", "critique", "critique: prompt, response, critique in 1 of 1 rows" },
        { "cut.jsonl", "critique demonstration", "alpaca: instruction, output in 1 of 2 rows|cut: instruction, output, judgment in 1 of 2 rows" },
        { "selfee.jsonl", "ranking critique", "selfee: instruction, outputs with output and feedback in 2 of 2 rows" },
        { "ultrafeedback.jsonl", "ranking", "ultrafeedback: instruction, completions with annotations in 1 of 1 rows" },
        { "helpsteer.jsonl", "rating rating", "helpsteer: prompt, response, helpfulness, correctness, coherence in 2 of 2 rows" },
        { "oasst.trees.jsonl", "ranking demonstration", "oasst: message_tree_id, prompt with replies in 2 of 2 rows" },
        { "self-instruct.jsonl", "demonstration demonstration", "self-instruct: instruction, instances with input and output in 2 of 2 rows" },
        { "pandalm.json", "ranking rejected:no-preference", "pandalm: instruction, response1, response2, annotator1 to annotator3 in 2 of 2 rows" },
        { "question-answer.jsonl", "demonstration", "question-answer: question or instruction, answer in 1 of 1 rows" },
        { "tasks.jsonl", "task task", "tasks: turns, or instruction and preference without answers in 2 of 2 rows" },
        { "pairs.csv", "preference preference", "csv-pairs: columns prompt (prompt), chosen (chosen), rejected (rejected), separated by commas in 2 of 2 rows" },
        { "thumbs.csv", "thumb thumb thumb", "csv-thumbs: columns Question (prompt), Answer (answer), Thumb (label), Comment (critique), separated by semicolons in 3 of 3 rows" },
        { "demonstrations.csv", "demonstration demonstration", "csv-demonstrations: columns system (system), instruction (prompt), input (input), output (answer), separated by commas in 2 of 2 rows" },
        { "ratings.tsv", "rating rating", "csv-ratings: columns question (prompt), response (answer), stars (score), separated by tabs in 2 of 2 rows" },
        { "critiques.csv", "critique", "csv-critiques: columns question (prompt), response (answer), critique (critique), score (score), separated by commas in 1 of 1 rows" },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Read_ExampleFile_ReportSaysWhatItIs(string file, string outcomes, string detected)
    {
        var contents = await ReadAsync(file);

        Assert.Equal(outcomes, string.Join(' ', contents.Outcomes.Select(o => o.Fault is { } fault ? $"{o.Verdict.Name()}:{fault.Reason}" : o.Row!.Kind.Name())));
        Assert.Equal(detected.Split('|'), contents.Detected);
    }

    [Fact]
    public void Examples_OfEveryFormat_AreShipped()
    {
        var files = Directory.EnumerateFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        Assert.Equal(Examples.Select(example => (string)example[0]).Order(StringComparer.Ordinal), files);
        var shown = Examples.SelectMany(example => ((string)example[2]).Split('|')).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ToHashSet();
        Assert.Empty(FeedbackFormats.Names.Except(shown).Except(["csv"]));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Write_RowsOfAnExample_EveryFormatThatHoldsThemReadsThemBackTheSame(string file, string outcomes, string detected)
    {
        Assert.NotEmpty(outcomes + detected);
        var rows = (await ReadAsync(file)).Outcomes.Where(o => o.Row is not null).Select(o => o.Row!).ToList();
        foreach (var row in rows)
        {
            var held = 0;
            foreach (var format in FeedbackWriter.Names)
            {
                if (FeedbackWriter.Write(format, row) is not { } line)
                {
                    continue;
                }

                held++;
                var again = await Read.Accepted(FeedbackWriter.Header(format) is { } header ? $"{header}\n{line}" : line, format);
                Assert.Equal((row.Id, format), (again.Id, again.Provenance.Format));
            }

            // The envelope holds every row, and the format it came from does unless it stood in a tree with others.
            Assert.True(held >= (row.Prompt.Count > 2 && file.StartsWith("oasst", StringComparison.Ordinal) ? 1 : 2), $"{file}: {row.Kind}");
        }
    }

    [Fact]
    public async Task Write_RowThatAFormatCannotHold_IsNotBent()
    {
        var ranking = await Read.Accepted("""{"query":"q","responses":["a","b"],"scores":[0.25,3]}""");
        var conversation = await Read.Accepted("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}""");

        Assert.Null(FeedbackWriter.Write("trl-preference", ranking));
        Assert.Null(FeedbackWriter.Write("pandalm", ranking));
        Assert.Null(FeedbackWriter.Write("alpaca", conversation));
        Assert.Null(FeedbackWriter.Write("csv-demonstrations", conversation));
        Assert.Null(FeedbackWriter.Write("hh-rlhf", await Read.Accepted("""{"prompt":"q","chosen":" blue.","rejected":"b"}""")));
    }

    private static string Folder => Path.Combine(SourceTree.Root, "pipelines", "formats");

    private static async Task<BatchContents> ReadAsync(string file)
    {
        await using var content = File.OpenRead(Path.Combine(Folder, file));
        return await new BatchReader(RowLimits.Default, ContentLimits.Default).ReadContentsAsync(content, new BatchSource("b-test", "tester"), CancellationToken.None);
    }
}
