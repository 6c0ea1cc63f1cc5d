using System.Globalization;
using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>Values to numbers.</summary>
internal static class Numbers
{
    public static object? ToInteger(object? value, object? otherwise) => value switch
    {
        bool or long => PythonValues.ToLong(value),
        double real when Math.Abs(real) < 1e18 => (long)real,
        TracedText text when long.TryParse(text.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        TracedText text when double.TryParse(text.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && Math.Abs(real) < 1e18 => (long)real,
        _ => otherwise,
    };

    public static object? ToReal(object? value, object? otherwise) => value switch
    {
        bool or long or double => PythonValues.ToDouble(value),
        TracedText text when double.TryParse(text.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double real) => real,
        _ => otherwise,
    };

    public static object? Round(object? value, CallArguments arguments)
    {
        arguments.AllowOnly("round", 1, "precision");
        return Math.Round(PythonValues.ToDouble(value), (int)Math.Clamp(arguments.Integer(0, "precision", 0), 0, 15), MidpointRounding.ToEven);
    }
}
