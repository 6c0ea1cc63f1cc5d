using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>Sums over all rows of a pass, cut into tasks that write to different places.</summary>
internal sealed unsafe class GradientTasks
{
    private readonly List<Action<Arena>> _tasks = [];

    public int Count => _tasks.Count;

    public void Run(int task, Arena scratch) => _tasks[task](scratch);

    /// <summary>The weights and adapters of a group, from its input, its outputs' gradients, and both shared products of its adapters.</summary>
    public void Add(ProjectionGroup group, Matrix x, ReadOnlySpan<Matrix> gradients, Matrix shared, Matrix sharedGradient)
    {
        for (int i = 0; i < group.Members.Length; i++)
        {
            if (group.Members[i].Trained is { } weight)
            {
                AddProduct(gradients[i], x, weight.Gradient!, transposed: false);
            }

            if (group.Members[i].Lora is { } pair)
            {
                AddProduct(sharedGradient.Columns(pair.Slot, pair.Rank), x, pair.A.Gradient!, transposed: false);
                AddProduct(shared.Columns(pair.Slot, pair.Rank), gradients[i], pair.B.Gradient!, transposed: true);
            }
        }
    }

    /// <summary>γ of a norm, from its input, the inverses it kept, and its output's gradient. Nothing where it is frozen.</summary>
    public void AddNorm(Weight gamma, Matrix x, float* inverse, Matrix dy)
    {
        if (gamma.Gradient is not { } gradient)
        {
            return;
        }

        for (int column = 0; column < x.Width; column += Matrix.Lane)
        {
            int at = column;
            _tasks.Add(_ => RmsNorm.WeightGradient(x, inverse, dy, at, Math.Min(Matrix.Lane, x.Width - at), gradient.Pointer));
        }
    }

    /// <summary>Rows of the embedding table, from the gradient of the residual stream where it begins. Nothing where the table is frozen.</summary>
    public void AddEmbedding(Weight table, int[] tokens, Matrix dx)
    {
        if (table.Gradient is { } gradient)
        {
            AddRows(tokens, dx, new Matrix(gradient.Pointer, table.Shape[0], dx.Width, dx.Width));
        }
    }

    /// <summary>to[numbers[i]] += from[i], in order: numbers may repeat.</summary>
    public void AddRows(ReadOnlyMemory<int> numbers, Matrix from, Matrix to)
    {
        for (int column = 0; column < from.Width; column += Matrix.Lane)
        {
            int at = column;
            _tasks.Add(_ =>
            {
                ReadOnlySpan<int> rows = numbers.Span;
                for (int row = 0; row < rows.Length; row++)
                {
                    Elementwise.Add(from.Row(row) + at, to.Row(rows[row]) + at, Math.Min(Matrix.Lane, from.Width - at));
                }
            });
        }
    }

    private void AddProduct(Matrix left, Matrix right, AlignedBuffer gradient, bool transposed)
    {
        for (int panel = 0; panel * Matrix.Lane < right.Width; panel++)
        {
            int at = panel;
            _tasks.Add(scratch => WeightGradient.Panel(left, right, at, gradient, transposed, scratch));
        }
    }
}
