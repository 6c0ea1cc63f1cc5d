namespace AlignOps.Promotion.Deployments.Live;

internal readonly record struct ThumbCount(long Up, long Down)
{
    public long Count => Up + Down;

    public double DownRate => Count == 0 ? 0 : (double)Down / Count;

    public ThumbCount With(bool down) => down ? this with { Down = Down + 1 } : this with { Up = Up + 1 };
}
