using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TableViewOfUsers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "TableIsCompact",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TableRows",
                table: "AspNetUsers",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "TableIsCompact",
                table: "AspNetUsers");

            migrationBuilder.DropColumn(
                name: "TableRows",
                table: "AspNetUsers");
        }
    }
}
