using AlignOps.WebConsole.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace AlignOps.WebConsole.Charts;

/// <summary>A text in a drawing; Razor keeps the element's name for itself.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter] public double X { get; set; }

    [Parameter] public double Y { get; set; }

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter] public string Anchor { get; set; } = "start";

    [Parameter] public string? Class { get; set; }

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "x", Show.Unit(X));
        builder.AddAttribute(2, "y", Show.Unit(Y));
        builder.AddAttribute(3, "text-anchor", Anchor);
        builder.AddAttribute(4, "class", Class);
        builder.AddContent(5, Value);
        builder.CloseElement();
    }
}
