using System.Text;
using FlightRecorder.Tests.ShopAot.Support;
using FlightRecorder.Tests.Support;

namespace FlightRecorder.Tests.ShopAot.Growth;

[Category("Aot")]
internal sealed class BinaryTests
{
    [Test]
    public void No_path_of_the_build_machine_is_in_the_binary()
    {
        Build.Aot.Require();
        byte[] bytes = File.ReadAllBytes(Build.Aot.File);
        Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(SourceTree.Root)), Is.EqualTo(-1), "UTF-8");
        Assert.That(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(SourceTree.Root)), Is.EqualTo(-1), "UTF-16");
    }

    [Test]
    public void The_binary_without_the_recorder_is_really_without_it()
    {
        Build.Bare.Require();
        byte[] marker = Encoding.Unicode.GetBytes("FlightRecorder:");
        Assert.That(File.ReadAllBytes(Build.Bare.File).AsSpan().IndexOf(marker), Is.EqualTo(-1));
        Assert.That(File.ReadAllBytes(Build.Aot.File).AsSpan().IndexOf(marker), Is.GreaterThan(0));
    }
}
