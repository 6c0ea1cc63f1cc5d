using System.Runtime.InteropServices;
using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>Sums over all rows of a pass, cut into tasks that write to different places. Cleared and filled again for each part of a pass.</summary>
internal sealed unsafe class GradientTasks
{
    private readonly List<GradientTask> _tasks = [];

    public int Count => _tasks.Count;

    public void Run(int task, Arena scratch) => CollectionsMarshal.AsSpan(_tasks)[task].Run(scratch);

    public void Clear() => _tasks.Clear();

    /// <summary>The weights and adapters of a group, from its input, its outputs' gradients, and both shared products of its adapters.</summary>
    public void Add(ProjectionGroup group, Matrix x, ReadOnlySpan<Matrix> gradients, Matrix shared, Matrix sharedGradient)
    {
        for (int i = 0; i < group.Members.Length; i++)
        {
            if (group.Members[i].Trained is { } weight)
            {
                AddProduct(gradients[i], x, weight.Gradient!);
            }

            if (group.Members[i].Bias?.Gradient is { } bias)
            {
                AddBias(gradients[i], bias);
            }

            if (group.Members[i].Lora is { } pair)
            {
                AddProduct(gradients[i], shared.Columns(pair.Slot, pair.Rank), pair.B.Gradient!);
            }
        }

        for (int column = 0; group.AdapterWidth > 0 && column < x.Width; column += WeightGradient.Columns)
        {
            _tasks.Add(new GradientTask(&AdapterInputs) { Left = sharedGradient, Right = x, At = column, Group = group });
        }
    }

    /// <summary>A weight on its own, from its input and its output's gradient.</summary>
    public void Add(Weight weight, Matrix x, Matrix gradient) => AddProduct(gradient, x, weight.Gradient!);

    /// <summary>γ of a norm, from its input, the inverses it kept, and its output's gradient. Nothing where it is frozen.</summary>
    public void AddNorm(Weight gamma, Matrix x, float* inverse, Matrix dy)
    {
        if (gamma.Gradient is not { } gradient)
        {
            return;
        }

        for (int column = 0; column < x.Width; column += Matrix.Lane)
        {
            _tasks.Add(new GradientTask(&Norm) { Left = x, Inverse = inverse, Right = dy, At = column, Gradient = gradient });
        }
    }

    /// <summary>γ of the norm of each head, [head dim]. Nothing where there is none or it is frozen.</summary>
    public void AddHeadNorm(Weight? gamma, Matrix x, float* inverse, Matrix dy)
    {
        if (gamma?.Gradient is { } gradient)
        {
            _tasks.Add(new GradientTask(&HeadNorms) { Left = x, Inverse = inverse, Right = dy, Gradient = gradient });
        }
    }

    /// <summary>Rows of the embedding table, from the gradient of the residual stream where it begins. Nothing where the table is frozen.</summary>
    public void AddEmbedding(Weight table, RowNumbers tokens, Matrix dx)
    {
        if (table.Gradient is { } gradient)
        {
            AddRows(tokens, dx, new Matrix(gradient.Pointer, table.Shape[0], dx.Width, dx.Width));
        }
    }

    /// <summary>to[numbers[i]] += from[i], in order: numbers may repeat.</summary>
    public void AddRows(RowNumbers numbers, Matrix from, Matrix to)
    {
        for (int column = 0; column < from.Width; column += Matrix.Lane)
        {
            _tasks.Add(new GradientTask(&Rows) { Numbers = numbers, Left = from, Right = to, At = column });
        }
    }

    private void AddBias(Matrix dy, AlignedBuffer gradient)
    {
        for (int column = 0; column < dy.Width; column += Matrix.Lane)
        {
            _tasks.Add(new GradientTask(&Biases) { Right = dy, At = column, Gradient = gradient });
        }
    }

    private void AddProduct(Matrix left, Matrix right, AlignedBuffer gradient)
    {
        for (int row = 0; row < left.Width; row += WeightGradient.Rows)
        {
            for (int column = 0; column < right.Width; column += WeightGradient.Columns)
            {
                _tasks.Add(new GradientTask(&Product) { Left = left, Right = right, From = row, At = column, Gradient = gradient });
            }
        }
    }

    private static void Product(in GradientTask task, Arena scratch)
    {
        scratch.Reset();
        Matrix left = task.Left.Columns(task.From, Math.Min(WeightGradient.Rows, task.Left.Width - task.From));
        Matrix right = task.Right.Columns(task.At, Math.Min(WeightGradient.Columns, task.Right.Width - task.At));
        WeightGradient.Add(left, right, task.Gradient!.Pointer + ((nint)task.From * task.Right.Width) + task.At, task.Right.Width, scratch);
    }

    /// <summary>The A's of a group at once, as they stand side by side in the shared product: their input is read once.</summary>
    private static void AdapterInputs(in GradientTask task, Arena scratch)
    {
        scratch.Reset();
        int count = Math.Min(WeightGradient.Columns, task.Right.Width - task.At);
        Matrix sums = scratch.Rent(task.Left.Width, count);
        Elementwise.Clear(sums.Data, (long)sums.Rows * sums.Stride);
        WeightGradient.Add(task.Left, task.Right.Columns(task.At, sums.Stride), sums.Data, sums.Stride, scratch);
        foreach (LinearLayer member in task.Group!.Members)
        {
            for (int row = 0; row < member.Lora?.Rank; row++)
            {
                Elementwise.Add(sums.Row(member.Lora.Slot + row), member.Lora.A.Gradient!.Pointer + ((nint)row * task.Right.Width) + task.At, count);
            }
        }
    }

    private static void Norm(in GradientTask task, Arena scratch) =>
        RmsNorm.WeightGradient(task.Left, task.Inverse, task.Right, task.At, Math.Min(Matrix.Lane, task.Left.Width - task.At), task.Gradient!.Pointer);

    private static void HeadNorms(in GradientTask task, Arena scratch) =>
        HeadNorm.WeightGradient(task.Left, task.Gradient!.Length, task.Inverse, task.Right, task.Gradient.Pointer);

    private static void Biases(in GradientTask task, Arena scratch) =>
        Bias.Gradient(task.Right, task.At, Math.Min(Matrix.Lane, task.Right.Width - task.At), task.Gradient!.Pointer);

    private static void Rows(in GradientTask task, Arena scratch)
    {
        ReadOnlySpan<int> rows = task.Numbers.Span;
        int count = Math.Min(Matrix.Lane, task.Left.Width - task.At);
        for (int row = 0; row < rows.Length; row++)
        {
            Elementwise.Add(task.Left.Row(row) + task.At, task.Right.Row(rows[row]) + task.At, count);
        }
    }
}
