using System.Text;
using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Tests.Data;

public sealed class BatchReaderTests
{
    [Fact]
    public async Task Read_SameContentTwice_FirstIsKeptWhateverTheFormat()
    {
        var outcomes = await Read.Batch("""
            {"prompt":"q","chosen":"a","rejected":"b"}
            {"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"a"}],"rejected":[{"role":"assistant","content":"b"}]}
            {"prompt":"q","chosen":"a","rejected":"c"}
            """);

        Assert.Equal([RowVerdict.Accepted, RowVerdict.Duplicate, RowVerdict.Accepted], outcomes.Select(o => o.Verdict));
        Assert.Equal("The same as line 1.", outcomes[1].Fault!.Sentence);
    }

    [Fact]
    public async Task Read_OppositePreferences_AreAllQuarantined()
    {
        var outcomes = await Read.Batch("""
            {"prompt":"q","chosen":"a","rejected":"b"}
            {"prompt":"q","chosen":"b","rejected":"a"}
            {"prompt":"q","chosen":"a","rejected":"b"}
            {"prompt":"r","chosen":"b","rejected":"a"}
            """);

        Assert.Equal([RowReasons.Contradiction, RowReasons.Contradiction, RowReasons.Contradiction, null], outcomes.Select(o => o.Fault?.Reason));
        Assert.Contains("Line 1", outcomes[1].Fault!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_HalfABadBatch_IsStillHalfAGoodOne()
    {
        var lines = Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? $$"""{"instruction":"q{{i}}","output":"a"}""" : "{ broken");

        var outcomes = await Read.Batch(string.Join('\n', lines));

        Assert.Equal(50, outcomes.Count(o => o.Verdict == RowVerdict.Accepted));
        Assert.Equal(50, outcomes.Count(o => o.Fault?.Reason == RowReasons.MalformedJson));
    }

    [Fact]
    public async Task Read_AnyBytes_EveryLineHasOneVerdict()
    {
        var random = new Random(20260711);
        byte[][] seeds =
        [
            .. new[]
            {
                """{"prompt":"q","chosen":"a","rejected":"b"}""",
                """{"chosen":"\n\nHuman: q\n\nAssistant: good","rejected":"\n\nHuman: q\n\nAssistant: bad"}""",
                """{"query":"q","responses":["a","b"],"scores":[1.2,-0.4]}""",
                """{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello \ud83d\ude00"}]}""",
                """{"kind":"preference","prompt":[{"role":"user","content":"q"}],"candidates":[{"text":"b","score":-3},{"text":"a","score":0.5}]}""",
                """{"prompt":"q","response":"r","critique":"too short"}""",
                """{"prompt":"q","completion":"r","label":true}""",
            }.Select(Encoding.UTF8.GetBytes),
        ];
        for (var round = 0; round < 400; round++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Mutate(seeds[random.Next(seeds.Length)], random)).ToList();
            // A leading "[{" would make the content one JSON array.
            lines.Insert(0, [(byte)'x', .. Noise(random)]);

            var outcomes = await Read.Batch([.. lines.SelectMany(line => line.Append((byte)'\n'))]);

            Assert.Equal(lines.Count, outcomes.Count);
            Assert.Equal(Enumerable.Range(1, lines.Count), outcomes.Select(o => o.Line));
            Assert.All(outcomes, o => Assert.True(o.Fault is null ? o.Row is not null : o.Fault is { Reason.Length: > 0, Sentence.Length: > 0 }));
            Assert.All(outcomes.Where(o => o.Row is not null), o => Assert.Equal(o.Row!.Id, FeedbackJson.Read(FeedbackJson.Write(o.Row!)).Id));
        }
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(0, 200)];
        random.NextBytes(noise);
        return [.. noise.Where(b => b != (byte)'\n')];
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var line = seed.ToList();
        for (var edits = random.Next(0, 5); edits > 0; edits--)
        {
            var at = random.Next(line.Count);
            switch (random.Next(5))
            {
                case 0:
                    line[at] = (byte)random.Next(256);
                    break;
                case 1:
                    line.RemoveAt(at);
                    break;
                case 2:
                    line.InsertRange(at, "\\ud83d"u8.ToArray());
                    break;
                case 3:
                    line.InsertRange(at, line.GetRange(at, Math.Min(8, line.Count - at)));
                    break;
                default:
                    line.InsertRange(at, Noise(random));
                    break;
            }

            line.RemoveAll(b => b == (byte)'\n');
            line.Insert(0, (byte)(line is [(byte)'{', ..] ? ' ' : '.'));
        }

        return [.. line];
    }
}
