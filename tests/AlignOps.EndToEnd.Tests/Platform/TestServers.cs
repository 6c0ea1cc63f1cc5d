namespace AlignOps.EndToEnd.Tests.Platform;

/// <summary>The servers that <c>tests/servers.sh start DIR</c> started.</summary>
internal static class TestServers
{
    public static string Postgres => Read("ALIGNOPS_TEST_POSTGRES");

    public static string RabbitMq => Read("ALIGNOPS_TEST_RABBITMQ");

    private static string Read(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; run: eval \"$(tests/servers.sh start DIR)\"");
}
