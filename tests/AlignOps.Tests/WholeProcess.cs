namespace AlignOps.Tests;

/// <summary>
/// Tests of what a process has one of, such as its metrics: OpenTelemetry takes meters of one name for one, so a host that another test closes would take this one's instruments with it.
/// They run while no other test does.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "whole process";
}
