using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AlignOps.Tests.Platform;

public sealed class PlatformOptionsTests
{
    [Fact]
    public void AddPlatform_ManyFaults_NamesEveryOneAtOnce()
    {
        var options = new PlatformOptions
        {
            DataFolder = " ",
            Database = "postgres://",
            Bus = "http://broker",
            Roles = ["intake", ""],
            Workers = 0,
            Lease = TimeSpan.Zero,
            WorkerId = "",
            AdminKey = "secret",
            StartPatience = TimeSpan.Zero,
        };

        var fault = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddPlatform(options));

        foreach (var key in new[] { "DataFolder", "Database", "Bus", "Roles", "Workers", "Lease", "WorkerId", "AdminKey", "StartPatience" })
        {
            Assert.Single(fault.Failures, failure => failure.StartsWith(key, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AddPlatform_Defaults_AreSound() => new ServiceCollection().AddPlatform(new PlatformOptions());

    [Fact]
    public void ToString_WithSecrets_HoldsNone()
    {
        var text = new PlatformOptions { Database = "postgres://u:hush@h/d", Bus = "amqp://u:hush@h", AdminKey = "ao_hush" }.ToString();

        Assert.DoesNotContain("hush", text, StringComparison.Ordinal);
        Assert.Equal("PostgreSQL and RabbitMQ, data in .alignops, every role", text);
    }

    [Fact]
    public void AddPlatform_Twice_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddPlatform(new PlatformOptions()).AddPlatform(new PlatformOptions()));

    [Fact]
    public void Hosts_NoRolesNamed_IsEverything()
    {
        Assert.True(new PlatformOptions().Hosts("intake"));
        Assert.True(new PlatformOptions { Roles = ["intake"] }.Hosts("intake"));
        Assert.False(new PlatformOptions { Roles = ["intake"] }.Hosts("training"));
    }

    [Fact]
    public void PostgresAddress_Url_IsReadWithEscapesAndSettings()
    {
        var read = PostgresAddress.Read("postgres://al%40ign:p%3Aw@db.example:6000/ops%20db?sslmode=require&Maximum%20Pool%20Size=7");

        Assert.Equal(("db.example", 6000, "ops db", "al@ign", "p:w"), (read.Host, read.Port, read.Database, read.Username, read.Password));
        Assert.Equal(Npgsql.SslMode.Require, read.SslMode);
        Assert.Equal(7, read.MaxPoolSize);
    }

    [Theory]
    [InlineData("Host=db;Database=x", null)]
    [InlineData("postgresql://u@h/x", null)]
    [InlineData("Database=x", "names no host")]
    [InlineData("Hst=db", "cannot be read")]
    [InlineData("postgres://u@h/x?nonsense=1", "cannot be read")]
    public void PostgresAddress_Fault_SaysWhatIsWrong(string address, string? fault)
    {
        if (fault is null)
        {
            Assert.Null(PostgresAddress.Fault(address));
        }
        else
        {
            Assert.StartsWith(fault, PostgresAddress.Fault(address), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("amqp://u:p@broker:5673/ops", "rabbitmq://broker:5673/ops", "u", "p")]
    [InlineData("amqp://broker", "rabbitmq://broker:5672/", "guest", "guest")]
    [InlineData("amqps://u@broker/", "rabbitmqs://broker:5671/", "u", "guest")]
    public void RabbitMqAddress_Url_IsRead(string address, string host, string user, string password)
    {
        var read = RabbitMqAddress.Read(address);

        Assert.Equal((host, user, password), (read.Host.ToString(), read.Username, read.Password));
    }
}
