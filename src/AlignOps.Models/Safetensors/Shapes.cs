namespace AlignOps.Models.Safetensors;

internal static class Shapes
{
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";

    public static long ElementCount(IEnumerable<int> shape) => shape.Aggregate(1L, (product, dimension) => checked(product * dimension));
}
