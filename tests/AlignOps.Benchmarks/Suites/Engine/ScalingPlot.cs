using System.Globalization;
using System.Text;

namespace AlignOps.Benchmarks.Suites.Engine;

/// <summary>The points as an SVG: how many times PyTorch's speed, over the tokens of a step. A colour a decoder; one thread is dashed.</summary>
internal static class ScalingPlot
{
    private const int Width = 760;
    private const int Height = 420;
    private const int Left = 60;
    private const int Right = 170;
    private const int Top = 30;
    private const int Bottom = 50;

    private static readonly string[] Colours = ["#1b6ca8", "#d1603d", "#3a7d44", "#7d4e9e"];

    public static string Of(IReadOnlyList<ScalingPoint> points)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n");
        double highest = Math.Ceiling(points.Select(p => p.Ratio).DefaultIfEmpty(1).Max() + 0.2);
        int[] lengths = [.. points.Select(p => p.Tokens).Distinct().Order()];
        double X(int tokens) => Left + ((Width - Left - Right) * (lengths.Length < 2 ? 0.5 : Math.Log2((double)tokens / lengths[0]) / Math.Log2((double)lengths[^1] / lengths[0])));
        double Y(double ratio) => Height - Bottom - ((Height - Top - Bottom) * ratio / highest);
        for (int ratio = 0; ratio <= highest; ratio++)
        {
            string colour = ratio == 1 ? "#444" : "#ddd";
            Append(text, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(ratio):0.#}\" y2=\"{Y(ratio):0.#}\" stroke=\"{colour}\"/>");
            Append(text, $"<text x=\"{Left - 8}\" y=\"{Y(ratio) + 4:0.#}\" text-anchor=\"end\">{ratio}×</text>");
        }

        foreach (int tokens in lengths)
        {
            Append(text, $"<text x=\"{X(tokens):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{tokens:N0}</text>");
        }

        Append(text, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">tokens of a step</text>");
        Append(text, $"<text x=\"{Left}\" y=\"{Top - 12}\">tokens a second, times PyTorch's on the same cores</text>");
        int legend = 0;
        foreach (IGrouping<(string Shape, int Threads), ScalingPoint> line in points.GroupBy(p => (p.Shape, p.Threads)))
        {
            string colour = Colours[Array.FindIndex([.. DecoderShapes.All], s => s.Name == line.Key.Shape) % Colours.Length];
            string dash = line.Key.Threads == 1 ? " stroke-dasharray=\"5 4\"" : "";
            string path = string.Join(" ", line.OrderBy(p => p.Tokens).Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.Tokens):0.#},{Y(p.Ratio):0.#}")));
            Append(text, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>");
            foreach (ScalingPoint point in line)
            {
                Append(text, $"<circle cx=\"{X(point.Tokens):0.#}\" cy=\"{Y(point.Ratio):0.#}\" r=\"3\" fill=\"{colour}\"/>");
            }

            int y = Top + 10 + (20 * legend++);
            Append(text, $"<line x1=\"{Width - Right + 15}\" x2=\"{Width - Right + 45}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>");
            Append(text, $"<text x=\"{Width - Right + 52}\" y=\"{y + 4}\">{line.Key.Shape}, {ScalingTable.Threads(line.Key.Threads)}</text>");
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder text, FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
}
