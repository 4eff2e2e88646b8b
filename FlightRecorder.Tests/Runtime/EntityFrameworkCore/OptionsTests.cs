using FlightRecorder.Tests.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace FlightRecorder.Tests.EntityFrameworkCore;

public sealed class OptionsTests
{
    [Test]
    public void The_defaults_are_those_documented()
    {
        var options = new EntityFrameworkRecordingOptions();

        Assert.That(
            (options.CaptureBefore, options.CaptureParameters, options.BeforeRowLimit, options.MaxMutations, options.CaptureCallSite),
            Is.EqualTo((true, true, 20, 200, false)));
    }

    [TestCase(-1, 200, "FlightRecorder:EntityFrameworkCore:BeforeRowLimit is -1; allowed: 0 to 1000.")]
    [TestCase(1001, 200, "FlightRecorder:EntityFrameworkCore:BeforeRowLimit is 1001; allowed: 0 to 1000.")]
    [TestCase(20, 0, "FlightRecorder:EntityFrameworkCore:MaxMutations is 0; allowed: 1 to 1000.")]
    [TestCase(20, 1001, "FlightRecorder:EntityFrameworkCore:MaxMutations is 1001; allowed: 1 to 1000.")]
    public void A_value_out_of_range_is_refused_with_key_value_and_range(int beforeRowLimit, int maxMutations, string message)
    {
        var builder = new DbContextOptionsBuilder();

        var error = Assert.Throws<FlightRecorderConfigurationException>(() => builder.UseFlightRecorder(o =>
        {
            o.BeforeRowLimit = beforeRowLimit;
            o.MaxMutations = maxMutations;
        }));

        Assert.That(error!.Message, Is.EqualTo(message));
    }

    [Test]
    public void Calling_it_twice_is_calling_it_once()
    {
        var once = new DbContextOptionsBuilder<ShopContext>().UseFlightRecorder();
        var twice = new DbContextOptionsBuilder<ShopContext>().UseFlightRecorder().UseFlightRecorder(o => o.MaxMutations = 1);

        Assert.That(Interceptors(twice), Is.EqualTo(Interceptors(once)).And.EqualTo(5));
    }

    [Test]
    public void A_wrong_second_call_is_refused_all_the_same()
    {
        var builder = new DbContextOptionsBuilder<ShopContext>().UseFlightRecorder();

        Assert.Throws<FlightRecorderConfigurationException>(() => builder.UseFlightRecorder(o => o.MaxMutations = 0));
    }

    private static int Interceptors(DbContextOptionsBuilder builder)
        => builder.Options.FindExtension<CoreOptionsExtension>()!.Interceptors!.Count();
}
