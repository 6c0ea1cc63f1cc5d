using System.Diagnostics;
using System.Text.Json;

namespace AlignOps.Benchmarks.Suites.Peers;

/// <summary>A PyTorch beside us, running <c>peers/decoder.py</c>: asked a line at a time, so that its rounds and ours can alternate.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private const string DefaultCommand = "/usr/bin/python3";

    private readonly Process _process;

    private PyTorchPeer(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = new ProcessStartInfo(words[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(File.ReadAllText(Path.Combine(Checkout.Root, "tests", "AlignOps.Benchmarks", "peers", "decoder.py")));
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        JsonElement about = Ask(new { op = "about", threads = Environment.ProcessorCount });
        Name = $"PyTorch {about.GetProperty("torch").GetString()}";
        Blas = string.Join(", ", about.GetProperty("blas").EnumerateArray().Select(file => file.GetString()));
    }

    public string Name { get; }

    /// <summary>The libraries its products come from.</summary>
    public string Blas { get; }

    /// <summary>Every peer that was named by <c>--peer COMMAND</c>, or the machine's own python where none was.</summary>
    public static IReadOnlyList<PyTorchPeer> Start(Arguments arguments)
    {
        IReadOnlyList<string> commands = arguments.Peers.Count > 0 ? arguments.Peers : [DefaultCommand];
        PyTorchPeer[] peers = [.. commands.Select(command => new PyTorchPeer(command))];
        foreach (PyTorchPeer peer in peers)
        {
            Console.WriteLine($"peer {peer.Name}, {peer.Blas}");
        }

        return peers;
    }

    /// <summary>Best rate of a product of square matrices, GFLOP/s.</summary>
    public double Sgemm(int size, int rounds, int threads) => Ask(new { op = "sgemm", size, rounds, threads }).GetProperty("gflops").GetDouble();

    /// <summary>Lays a model out and lets the peer choose its fastest variant, which is given in words.</summary>
    public string Open(PeerModel model, int? threads = null) => Ask(model.Request(threads ?? Environment.ProcessorCount)).GetProperty("chosen").GetString()!;

    /// <summary>Seconds of each round.</summary>
    public double[] Run(PeerModel model, int rounds) => [.. Ask(new { op = "run", id = model.Id, rounds }).GetProperty("seconds").EnumerateArray().Select(second => second.GetDouble())];

    public void Close(PeerModel model) => Ask(new { op = "close", id = model.Id });

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private JsonElement Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name ?? "The peer"} ended; it needs Python with PyTorch (Debian: python3-torch, libopenblas0-openmp).");
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.TryGetProperty("fault", out JsonElement fault)
            ? throw new InvalidOperationException($"{Name}: {fault.GetString()}")
            : document.RootElement.Clone();
    }
}
