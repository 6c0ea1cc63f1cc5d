using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Sampling;

namespace AlignOps.Tests.ModelsCpu;

/// <summary>A row that comes in pieces against the whole row at once.</summary>
public sealed unsafe class RunningSoftmaxTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(45, 7)]
    [InlineData(1000, 512)]
    [InlineData(1024, 32)]
    public void Take_Pieces_EqualTheWholeRow(int n, int piece)
    {
        var z = new AlignedBuffer(n);
        var p = new AlignedBuffer(n + 16);
        var random = new RandomStream(n);
        for (int i = 0; i < n; i++)
        {
            // Logits rise, so that the highest moves again and again.
            z.Span[i] = (float)(random.NextNormal() * 3) + (20f * i / n);
        }

        float max, sum, weighted;
        RunningSoftmax.Begin(&max, &sum, &weighted, 1);
        double earlier = 0;
        for (int from = 0; from < n; from += piece)
        {
            int count = Math.Min(piece, n - from);
            float factor = RunningSoftmax.Take(z.Pointer + from, count, p.Pointer, &max, &sum, &weighted);
            earlier *= factor;
            for (int i = 0; i < count; i++)
            {
                earlier += p.Span[i];
            }
        }

        double highest = z.Span[..n].ToArray().Max(), total = z.Span[..n].ToArray().Sum(x => Math.Exp(x - highest));
        double entropy = z.Span[..n].ToArray().Sum(x => -Math.Exp(x - highest) / total * (x - highest - Math.Log(total)));
        Assert.Equal(highest, max);
        Assert.Equal(1, sum / total, 1e-6);
        Assert.Equal(1, earlier / total, 1e-6);
        Assert.Equal(entropy, Math.Log(sum) - (weighted / sum), 1e-5);
    }
}
