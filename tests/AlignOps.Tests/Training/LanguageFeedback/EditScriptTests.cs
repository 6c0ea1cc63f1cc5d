using AlignOps.Models.Sampling;
using AlignOps.Training.Examples.Edits;

namespace AlignOps.Tests.Training.LanguageFeedback;

public sealed class EditScriptTests
{
    [Fact]
    public void Between_RandomSequences_LeadsFromOneToTheOtherInTheFewestSteps()
    {
        var random = new RandomStream(5);
        for (int round = 0; round < 500; round++)
        {
            int[] source = Draw(random), target = Draw(random);

            IReadOnlyList<EditStep> steps = EditScript.Between<int>(source, target);

            List<int> built = [];
            (int s, int t) = (0, 0);
            foreach (EditStep step in steps)
            {
                Assert.Equal((s, t), (step.SourceStart, step.TargetStart));
                built.AddRange(step.Kind == EditKind.Keep ? source.AsSpan(s, step.SourceCount) : target.AsSpan(t, step.TargetCount));
                (s, t) = (s + step.SourceCount, t + step.TargetCount);
            }

            Assert.Equal((source.Length, target.Length), (s, t));
            Assert.Equal(target, built);
            Assert.Equal(Distance(source, target), steps.Where(step => step.Kind != EditKind.Keep).Sum(step => Math.Max(step.SourceCount, step.TargetCount)));
        }
    }

    [Fact]
    public void Between_EqualSequences_IsOneKeep() => Assert.Equal(EditKind.Keep, Assert.Single(EditScript.Between<int>([1, 2], [1, 2])).Kind);

    [Fact]
    public void Between_EmptySequences_IsNothing() => Assert.Empty(EditScript.Between<int>([], []));

    [Fact]
    public void Between_SequencesTooLongToCompare_ReplacesTheirMiddle()
    {
        int[] source = [7, .. Enumerable.Range(100, 5000), 8], target = [7, .. Enumerable.Range(20_000, 5000), 8];

        Assert.Equal([EditKind.Keep, EditKind.Replace, EditKind.Keep], EditScript.Between<int>(source, target).Select(s => s.Kind));
    }

    [Theory]
    [InlineData("the sun is cold", "the sun is hot", "replace [cold] with [hot]\n")]
    [InlineData("you fool go away now", "you go away", "delete [fool]\ndelete [now]\n")]
    [InlineData("it is closed", "sorry it is closed on Sundays", "insert [sorry] at the start\ninsert [on Sundays] after [closed]\n")]
    [InlineData("same  words", "same words", "")]
    public void Describe_Texts_SaysEachEditInALine(string source, string target, string lines) => Assert.Equal(lines, WordEdits.Describe(source, target));

    private static int[] Draw(RandomStream random) => [.. Enumerable.Range(0, random.NextInt(12)).Select(_ => random.NextInt(4))];

    /// <summary>The definition itself, as an oracle.</summary>
    private static int Distance(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), 1 + Math.Min(table[i - 1, j], table[i, j - 1]));
            }
        }

        return table[a.Length, b.Length];
    }
}
