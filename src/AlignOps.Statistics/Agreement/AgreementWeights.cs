namespace AlignOps.Statistics.Agreement;

/// <summary>Agreement weights: 1 for the same category, down to 0 for those furthest apart.</summary>
internal static class AgreementWeights
{
    public static double[,] Of(Scale scale, int categories)
    {
        var weights = new double[categories, categories];
        for (var i = 0; i < categories; i++)
        {
            for (var j = 0; j < categories; j++)
            {
                var step = Math.Abs(i - j) / (double)(categories - 1);
                weights[i, j] = scale switch
                {
                    Scale.Nominal => i == j ? 1 : 0,
                    Scale.Ordinal => 1 - step,
                    _ => 1 - step * step,
                };
            }
        }

        return weights;
    }
}
